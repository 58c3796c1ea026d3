import { useTranslation } from 'react-i18next';
import type { paths } from '@pledgeonce/client';
import { api, content } from '../../api/client.js';
import { once } from '../../api/use-read.js';
import { useOwn } from '../../session/session.js';
import { DocumentNumber } from '../../ui/document-number.js';
import { Filters, useFilters } from '../../ui/list/filters.js';
import { queryOf } from '../../ui/list/query-of.js';
import { RecordList } from '../../ui/list/record-list.js';
import type { Column } from '../../ui/list/column.js';
import { Money } from '../../ui/money.js';
import { Page } from '../../ui/page.js';
import { StateBadge } from '../../ui/state-badge.js';
import { Steps } from '../../ui/steps.js';

type Indemnity = paths['/indemnities/{id}']['get']['responses'][200]['content']['application/json'];

const columns: readonly Column<Indemnity>[] = [
  { name: 'id', show: ({ id }) => <DocumentNumber value={id} />, text: ({ id }) => id },
  { name: 'policy', show: ({ policy }) => <code>{policy}</code>, text: ({ policy }) => policy },
  { name: 'bank', show: ({ bank }) => bank, text: ({ bank }) => bank },
  { name: 'state', show: ({ state }) => <StateBadge state={state} />, text: ({ state }) => state },
  {
    name: 'amount',
    isNumber: true,
    show: ({ amount }) => <Money value={amount} />,
    text: ({ amount }) => `${amount.amount} ${amount.currency}`,
  },
];

/** What the insurer has paid, so that the bank can record the repayment. */
export function Indemnities() {
  const { t } = useTranslation();
  const { may } = useOwn();
  const filters = useFilters(['state']);
  return (
    <Page
      title={t('page./indemnities')}
      actions={
        may.includes('confirmIndemnity') && (
          <Steps
            record="indemnity"
            of={[
              {
                name: 'confirmIndemnity',
                fields: [
                  { name: 'bank', kind: 'text', required: true, hint: 'bank' },
                  { name: 'policy', kind: 'text', required: true },
                  { name: 'buyer', kind: 'party', required: true },
                  { name: 'amount', kind: 'money', required: true },
                  { name: 'paidOn', kind: 'date', required: true },
                ],
                initial: { buyer: { scheme: 'VAT' }, amount: { currency: 'USD' } },
                send: (body, key) => api.POST('/indemnities', { params: once(key), body }),
              },
            ]}
          />
        )
      }
    >
      <Filters of={[{ name: 'bank' }]} />
      <RecordList
        name="indemnities"
        of={filters}
        caption="page./indemnities"
        columns={columns}
        keyOf={({ id }) => id}
        read={(cursor) =>
          content(
            api.GET('/indemnities', {
              params: { query: queryOf(filters, cursor) },
            }),
          )
        }
        {...(may.includes('withdrawIndemnity') && {
          actions: (one: Indemnity) => isUnused(one) && <Withdrawal of={one} />,
        })}
      />
    </Page>
  );
}

function isUnused({ state, amount, left }: Indemnity): boolean {
  return state === 'confirmed' && left.amount === amount.amount;
}

/** What was confirmed by mistake is taken back, as long as no repayment quotes it. */
function Withdrawal({ of: { id } }: { readonly of: Indemnity }) {
  return (
    <Steps
      inRow
      record={`indemnity/${id}`}
      of={[
        {
          name: 'withdrawIndemnity',
          danger: true,
          fields: [{ name: 'reason', kind: 'long', required: true }],
          send: (body, key) =>
            api.POST('/indemnities/{id}/withdrawal', { params: { path: { id }, ...once(key) }, body }),
        },
      ]}
    />
  );
}
