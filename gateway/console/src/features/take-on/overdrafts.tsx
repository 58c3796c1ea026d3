import { useTranslation } from 'react-i18next';
import type { paths } from '@pledgeonce/client';
import { api, content } from '../../api/client.js';
import type { Column } from '../../ui/list/column.js';
import { RecordList } from '../../ui/list/record-list.js';
import { Money } from '../../ui/money.js';
import { Page } from '../../ui/page.js';
import { StateBadge } from '../../ui/state-badge.js';

type Answer = paths['/overdrafts']['get']['responses'][200]['content']['application/json'];
type Overdraft = Answer['items'][number];
type Overdrawn = Overdraft['overdrawn'][number];

const columns: readonly Column<Overdraft>[] = [
  {
    name: 'applicationNumber',
    show: ({ applicationNumber }) => <code>{applicationNumber}</code>,
    text: ({ applicationNumber }) => applicationNumber,
  },
  { name: 'owner', show: ({ owner }) => owner, text: ({ owner }) => owner },
  { name: 'enterprise', show: ({ enterprise }) => enterprise.id, text: ({ enterprise }) => enterprise.id },
  { name: 'state', show: ({ state }) => <StateBadge state={state} />, text: ({ state }) => state },
  {
    name: 'outstanding',
    show: ({ outstanding }) => <Money value={outstanding} />,
    text: ({ outstanding }) => `${outstanding.amount} ${outstanding.currency}`,
    isNumber: true,
  },
  {
    name: 'documents',
    show: ({ overdrawn }) => <code>{numbersOf(overdrawn)}</code>,
    text: ({ overdrawn }) => numbersOf(overdrawn),
  },
  {
    name: 'tooMuch',
    show: ({ overdrawn }) => overdrawn.map((one) => <TooMuch key={one.family} of={one} />),
    text: ({ overdrawn }) => overdrawn.map(textOf).join('; '),
    isNumber: true,
  },
  {
    name: 'sides',
    show: ({ overdrawn }) => (
      <div>
        {sidesOf(overdrawn).map((side) => (
          <div key={side}>{side}</div>
        ))}
      </div>
    ),
    text: ({ overdrawn }) => sidesOf(overdrawn).join('; '),
  },
];

/** Claims whose documents carry less than is drawn on them: by how much, and for the regulator who draws. */
export function Overdrafts() {
  const { t } = useTranslation();
  return (
    <Page title={t('page./overdrafts')}>
      <p>{t('takeOn.overdrafts')}</p>
      <RecordList
        name="overdrafts"
        of={{}}
        caption="page./overdrafts"
        columns={columns}
        keyOf={({ id }) => id}
        addressOf={({ id }) => `/claims/${id}`}
        read={(cursor) =>
          content(api.GET('/overdrafts', { params: { query: cursor === undefined ? {} : { cursor } } }))
        }
      />
    </Page>
  );
}

function TooMuch({ of }: { readonly of: Overdrawn }) {
  return <div>{of.by === undefined ? textOf(of) : <Money value={of.by} isWrong />}</div>;
}

function textOf({ by, byQuantity }: Overdrawn): string {
  if (by !== undefined) return `${by.amount} ${by.currency}`;
  return byQuantity === undefined ? '' : `${byQuantity.amount} ${byQuantity.unit}`;
}

function numbersOf(overdrawn: readonly Overdrawn[]): string {
  return [...new Set(overdrawn.flatMap(({ documents }) => documents.map(({ number }) => number)))].join(', ');
}

/** To a bank nobody is named, and the column stays empty. */
function sidesOf(overdrawn: readonly Overdrawn[]): readonly string[] {
  const sides = overdrawn.flatMap(({ draws = [] }) =>
    draws.map(({ owner, amount, quantity }) => [owner, drawnText(amount, quantity)].join(' ')),
  );
  return [...new Set(sides)];
}

type Draw = NonNullable<Overdrawn['draws']>[number];

function drawnText(amount: Draw['amount'], quantity: Draw['quantity']): string {
  if (amount !== undefined) return `${amount.amount} ${amount.currency}`;
  return quantity === undefined ? '' : `${quantity.amount} ${quantity.unit}`;
}
