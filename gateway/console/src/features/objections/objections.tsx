import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, content } from '../../api/client.js';
import { useOwn } from '../../session/session.js';
import { Moment } from '../../ui/dates.js';
import type { Column } from '../../ui/list/column.js';
import { Filters, useFilters } from '../../ui/list/filters.js';
import { queryOf } from '../../ui/list/query-of.js';
import { RecordList } from '../../ui/list/record-list.js';
import { Page } from '../../ui/page.js';
import { StateBadge } from '../../ui/state-badge.js';
import { objectionStates } from './objection-view.js';
import type { ObjectionView } from './objection-view.js';

const columns: readonly Column<ObjectionView>[] = [
  {
    name: 'number',
    show: ({ document }) => <code>{document.number}</code>,
    text: ({ document }) => document.number,
  },
  {
    name: 'type',
    show: ({ document }) => <TypeName of={document.type} />,
    text: ({ document }) => document.type,
  },
  { name: 'enterprise', show: ({ enterprise }) => enterprise.id, text: ({ enterprise }) => enterprise.id },
  { name: 'raisedBy', show: ({ raisedBy }) => <Raiser kind={raisedBy} />, text: ({ raisedBy }) => raisedBy },
  { name: 'state', show: ({ state }) => <StateBadge state={state} />, text: ({ state }) => state },
  {
    name: 'createdAt',
    show: ({ createdAt }) => <Moment value={createdAt} />,
    text: ({ createdAt }) => createdAt,
  },
  { name: 'reason', show: ({ reason }) => reason, text: ({ reason }) => reason },
];

/** What parties to a trade have to say against a document or what is drawn on it. */
export function Objections() {
  const { t } = useTranslation();
  const { may } = useOwn();
  const filters = useFilters(['state']);
  return (
    <Page
      title={t('page./objections')}
      actions={
        may.includes('raiseObjection') && (
          <Button component={Link} to="/objections/new">
            {t('begin./objections/new')}
          </Button>
        )
      }
    >
      <Filters of={[{ name: 'state', options: objectionStates, words: 'state' }]} />
      <RecordList
        name="objections"
        of={filters}
        caption="page./objections"
        columns={columns}
        keyOf={({ id }) => id}
        addressOf={({ id }) => `/objections/${id}`}
        read={(cursor) => content(api.GET('/objections', { params: { query: queryOf(filters, cursor) } }))}
      />
    </Page>
  );
}

function TypeName({ of }: { readonly of: string }) {
  const { t } = useTranslation();
  return t(`type.${of}`);
}

function Raiser({ kind }: { readonly kind: string }) {
  const { t } = useTranslation();
  return t(`kind.${kind}`);
}
