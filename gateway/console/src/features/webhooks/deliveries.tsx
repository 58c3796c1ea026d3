import { useTranslation } from 'react-i18next';
import { api, content } from '../../api/client.js';
import { Moment } from '../../ui/dates.js';
import type { Column } from '../../ui/list/column.js';
import { Filters, useFilters } from '../../ui/list/filters.js';
import { queryOf } from '../../ui/list/query-of.js';
import { RecordList } from '../../ui/list/record-list.js';
import { Section } from '../../ui/section.js';
import { StateBadge } from '../../ui/state-badge.js';
import type { Delivery } from './webhook-view.js';

const stateOf = ({ nextAt }: Delivery) => (nextAt === undefined ? 'dead' : 'waiting');

const columns: readonly Column<Delivery>[] = [
  { name: 'event', show: ({ event }) => <code>{event}</code>, text: ({ event }) => event },
  { name: 'sort', show: ({ type }) => <code>{type}</code>, text: ({ type }) => type },
  {
    name: 'state',
    show: (delivery) => <StateBadge state={stateOf(delivery)} />,
    text: (delivery) => stateOf(delivery),
  },
  { name: 'happenedAt', show: ({ time }) => <Moment value={time} />, text: ({ time }) => time },
  {
    name: 'attempts',
    isNumber: true,
    show: ({ attempts }) => attempts,
    text: ({ attempts }) => String(attempts),
  },
  {
    name: 'lastAnswer',
    show: ({ lastAnswer }) => lastAnswer !== undefined && <code>{lastAnswer}</code>,
    text: ({ lastAnswer = '' }) => lastAnswer,
  },
  {
    name: 'nextAt',
    show: ({ nextAt }) => nextAt !== undefined && <Moment value={nextAt} />,
    text: ({ nextAt = '' }) => nextAt,
  },
];

/** What a receiver has not taken: sent again, or given up after three days. */
export function Deliveries({ of: id }: { readonly of: string }) {
  const { t } = useTranslation();
  const filters = useFilters(['state']);
  return (
    <Section title={t('webhooks.deliveries')}>
      <Filters of={[{ name: 'state', options: ['waiting', 'dead'], words: 'state' }]} />
      <RecordList
        name={`webhook-${id.slice(0, 8)}`}
        of={[id, filters]}
        caption="webhooks.deliveries"
        columns={columns}
        keyOf={({ event }) => event}
        empty="webhooks.allTaken"
        read={(cursor) =>
          content(
            api.GET('/webhooks/{id}/deliveries', {
              params: { path: { id }, query: queryOf(filters, cursor) },
            }),
          )
        }
      />
    </Section>
  );
}
