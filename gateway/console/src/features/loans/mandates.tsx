import { useTranslation } from 'react-i18next';
import type { paths } from '@pledgeonce/client';
import { api, content } from '../../api/client.js';
import { once, useRead } from '../../api/use-read.js';
import { useOwn } from '../../session/session.js';
import type { Own } from '../../session/session.js';
import { Day } from '../../ui/dates.js';
import { DocumentNumber } from '../../ui/document-number.js';
import { Filters, useFilters } from '../../ui/list/filters.js';
import { queryOf } from '../../ui/list/query-of.js';
import { RecordList } from '../../ui/list/record-list.js';
import type { Column } from '../../ui/list/column.js';
import { Money } from '../../ui/money.js';
import { Page } from '../../ui/page.js';
import { StateBadge } from '../../ui/state-badge.js';
import { Steps } from '../../ui/steps.js';
import type { Step } from '../../ui/steps.js';

type Mandate =
  paths['/loan-mandates']['get']['responses'][200]['content']['application/json']['items'][number];

const columns: readonly Column<Mandate>[] = [
  {
    name: 'total',
    isNumber: true,
    show: ({ total }) => <Money value={total} />,
    text: ({ total }) => `${total.amount} ${total.currency}`,
  },
  {
    name: 'remaining',
    isNumber: true,
    show: ({ left }) => <Money value={left} />,
    text: ({ left }) => `${left.amount} ${left.currency}`,
  },
  {
    name: 'largest',
    isNumber: true,
    show: ({ largest }) => <Money value={largest} />,
    text: ({ largest }) => `${largest.amount} ${largest.currency}`,
  },
  {
    name: 'validUntil',
    show: ({ validUntil }) => <Day value={validUntil} />,
    text: ({ validUntil }) => validUntil,
  },
  { name: 'state', show: ({ state }) => <StateBadge state={state} />, text: ({ state }) => state },
  { name: 'proposedBy', show: ({ proposedBy }) => proposedBy, text: ({ proposedBy }) => proposedBy },
  { name: 'grantedBy', show: ({ grantedBy }) => grantedBy, text: ({ grantedBy = '' }) => grantedBy },
];
const ofOthers: Column<Mandate> = { name: 'bank', show: ({ bank }) => bank, text: ({ bank }) => bank };

/** What two people of a bank let its rules approve by themselves. */
export function Mandates() {
  const { t } = useTranslation();
  const own = useOwn();
  const filters = useFilters(['state']);
  const isBank = own.organisation.kind === 'bank';
  return (
    <Page title={t('page./loan-mandates')} actions={own.may.includes('proposeMandate') && <Propose />}>
      <p>{t('mandate.about')}</p>
      <Filters of={[{ name: 'state', options: ['proposed', 'granted', 'revoked'], words: 'state' }]} />
      <RecordList
        name="loan-mandates"
        of={filters}
        caption="page./loan-mandates"
        columns={isBank ? columns : [...columns, ofOthers]}
        keyOf={({ id }) => id}
        read={(cursor) => content(api.GET('/loan-mandates', { params: { query: queryOf(filters, cursor) } }))}
        {...(isBank && {
          actions: (one: Mandate) => <Steps of={stepsOf(one, own)} record={`mandate/${one.id}`} inRow />,
        })}
      />
    </Page>
  );
}

/** A mandate is for the rules as they are now: another rule is another mandate. */
function Propose() {
  const { t } = useTranslation();
  const rules = useRead(['loan-rules'], () => api.GET('/loan-rules'));
  if (rules.isPending) return null;
  if (rules.data === undefined) return <span className="faint">{t('mandate.noRules')}</span>;
  const { hash } = rules.data;
  const usd = { currency: 'USD' };
  return (
    <>
      <DocumentNumber value={hash.slice(0, 12)} />
      <Steps
        record="mandate"
        of={[
          {
            name: 'proposeMandate',
            twoPeople: true,
            fields: [
              { name: 'total', kind: 'money', required: true },
              { name: 'largest', kind: 'money', required: true },
              { name: 'validUntil', kind: 'date', required: true },
            ],
            initial: { total: usd, largest: usd },
            send: (body: object, key) =>
              api.POST('/loan-mandates', { params: once(key), body: { ...body, rules: hash } as never }),
          },
        ]}
      />
    </>
  );
}

function stepsOf({ id, state, proposedBy }: Mandate, { may, person }: Own): readonly Step[] {
  const params = (key: string) => ({ path: { id }, ...once(key) });
  const all: readonly (Step & { readonly when: boolean })[] = [
    {
      name: 'grantMandate',
      when: state === 'proposed',
      fields: [],
      ...(proposedBy === person.id && { blocked: 'ownWork' }),
      send: (_body, key) => api.POST('/loan-mandates/{id}/grant', { params: params(key) }),
    },
    {
      name: 'revokeMandate',
      when: state !== 'revoked',
      danger: true,
      about: 'mandate.revoking',
      fields: [{ name: 'reason', kind: 'long' }],
      send: (body, key) => api.POST('/loan-mandates/{id}/revocation', { params: params(key), body }),
    },
  ];
  return all.filter((step) => step.when && may.includes(step.name));
}
