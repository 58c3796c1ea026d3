import { useTranslation } from 'react-i18next';
import type { paths } from '@pledgeonce/client';
import { api, content } from '../../api/client.js';
import { once } from '../../api/use-read.js';
import { useOwn } from '../../session/session.js';
import type { Own } from '../../session/session.js';
import { Filters, useFilters } from '../../ui/list/filters.js';
import { queryOf } from '../../ui/list/query-of.js';
import { RecordList } from '../../ui/list/record-list.js';
import type { Column } from '../../ui/list/column.js';
import { Page } from '../../ui/page.js';
import { StateBadge } from '../../ui/state-badge.js';
import { Steps } from '../../ui/steps.js';
import type { Step } from '../../ui/steps.js';

type Assignment = paths['/assignments/{id}']['get']['responses'][200]['content']['application/json'];

const columns: readonly Column<Assignment>[] = [
  { name: 'policy', show: ({ policy }) => <code>{policy}</code>, text: ({ policy }) => policy },
  { name: 'enterprise', show: ({ enterprise }) => enterprise.id, text: ({ enterprise }) => enterprise.id },
  { name: 'buyer', show: ({ buyer }) => buyer.id, text: ({ buyer }) => buyer.id },
  { name: 'insurer', show: ({ insurer }) => insurer, text: ({ insurer }) => insurer },
  { name: 'bank', show: ({ bank }) => bank, text: ({ bank }) => bank },
  { name: 'state', show: ({ state }) => <StateBadge state={state} />, text: ({ state }) => state },
];

/** To which bank the insurer pays. */
export function Assignments() {
  const { t } = useTranslation();
  const own = useOwn();
  const filters = useFilters(['state']);
  const propose: Step = {
    name: 'proposeAssignment',
    fields: [
      { name: 'bank', kind: 'text', required: true, hint: 'bank' },
      { name: 'limit', kind: 'text', required: true, hint: 'limit' },
      { name: 'insurer', kind: 'text', hint: 'insurer' },
    ],
    send: (body, key) => api.POST('/assignments', { params: once(key), body }),
  };
  return (
    <Page
      title={t('page./assignments')}
      actions={own.may.includes('proposeAssignment') && <Steps record="assignment" of={[propose]} />}
    >
      <Filters of={[{ name: 'state', options: ['proposed', 'live', 'released'], words: 'state' }]} />
      <RecordList
        name="assignments"
        of={filters}
        caption="page./assignments"
        columns={columns}
        keyOf={({ id }) => id}
        read={(cursor) =>
          content(
            api.GET('/assignments', {
              params: { query: queryOf(filters, cursor) },
            }),
          )
        }
        actions={(assignment) => (
          <Steps record={`assignment/${assignment.id}`} of={stepsOf(assignment, own)} />
        )}
      />
    </Page>
  );
}

function stepsOf({ id, state }: Assignment, { may }: Own): readonly Step[] {
  const params = (key: string) => ({ path: { id }, ...once(key) });
  return [
    ...(state === 'proposed' && may.includes('confirmAssignment')
      ? [
          {
            name: 'confirmAssignment',
            fields: [],
            send: (_body: never, key: string) =>
              api.POST('/assignments/{id}/confirmation', { params: params(key) }),
          },
        ]
      : []),
    ...(state !== 'released' && may.includes('releaseAssignment')
      ? [
          {
            name: 'releaseAssignment',
            danger: true,
            fields: [{ name: 'reason', kind: 'long' as const }],
            send: (body: never, key: string) =>
              api.POST('/assignments/{id}/release', { params: params(key), body }),
          },
        ]
      : []),
  ];
}
