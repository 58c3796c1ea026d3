import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { paths } from '@pledgeonce/client';
import { api, content } from '../../api/client.js';
import { once } from '../../api/use-read.js';
import { useOwn } from '../../session/session.js';
import { Day } from '../../ui/dates.js';
import { DocumentNumber } from '../../ui/document-number.js';
import { Filters, useFilters } from '../../ui/list/filters.js';
import { queryOf } from '../../ui/list/query-of.js';
import { RecordList } from '../../ui/list/record-list.js';
import type { Column } from '../../ui/list/column.js';
import { Page } from '../../ui/page.js';
import { StateBadge } from '../../ui/state-badge.js';
import { Steps } from '../../ui/steps.js';

type Authorisation = paths['/authorisations/{id}']['get']['responses'][200]['content']['application/json'];
export const categories = ['basic', 'trade-credit', 'regulatory'] as const;

const columns: readonly Column<Authorisation>[] = [
  { name: 'id', show: ({ id }) => <DocumentNumber value={id} />, text: ({ id }) => id },
  { name: 'bank', show: ({ bank }) => bank, text: ({ bank }) => bank },
  { name: 'enterprise', show: ({ enterprise }) => enterprise.id, text: ({ enterprise }) => enterprise.id },
  { name: 'purposeText', show: ({ purpose }) => purpose, text: ({ purpose }) => purpose },
  { name: 'state', show: ({ state }) => <StateBadge state={state} />, text: ({ state }) => state },
  { name: 'validTo', show: ({ to }) => <Day value={to} />, text: ({ to }) => to },
  {
    name: 'usesLeft',
    isNumber: true,
    show: ({ usesLeft, uses }) => `${usesLeft} / ${uses}`,
    text: ({ usesLeft }) => String(usesLeft),
  },
];

/** Who may ask for an enterprise's records, for what, and how often still. */
export function Authorisations() {
  const { t } = useTranslation();
  const { may } = useOwn();
  const filters = useFilters(['state']);
  return (
    <Page
      title={t('page./authorisations')}
      actions={
        may.includes('authoriseQuery') && (
          <Button component={Link} to="/authorisations/new">
            {t('begin./authorisations/new')}
          </Button>
        )
      }
    >
      <Filters of={[{ name: 'state', options: ['active', 'used-up', 'revoked'], words: 'state' }]} />
      <RecordList
        name="authorisations"
        of={filters}
        caption="page./authorisations"
        columns={columns}
        keyOf={({ id }) => id}
        read={(cursor) =>
          content(
            api.GET('/authorisations', {
              params: { query: queryOf(filters, cursor) },
            }),
          )
        }
        {...(may.includes('revokeAuthorisation') && {
          actions: ({ id, state }: Authorisation) =>
            state === 'active' && (
              <Steps
                inRow
                record={`authorisation/${id}`}
                of={[
                  {
                    name: 'revoke',
                    danger: true,
                    fields: [],
                    send: (_body, key) =>
                      api.DELETE('/authorisations/{id}', { params: { path: { id }, ...once(key) } }),
                  },
                ]}
              />
            ),
        })}
      />
    </Page>
  );
}
