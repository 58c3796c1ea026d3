import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { paths } from '@pledgeonce/client';
import { api, content } from '../../api/client.js';
import { once } from '../../api/use-read.js';
import { useOwn } from '../../session/session.js';
import { Day, Moment } from '../../ui/dates.js';
import { Filters, useFilters } from '../../ui/list/filters.js';
import { queryOf } from '../../ui/list/query-of.js';
import { RecordList } from '../../ui/list/record-list.js';
import type { Column } from '../../ui/list/column.js';
import { NamedDocument } from '../../ui/named-document.js';
import { Page } from '../../ui/page.js';
import { StateBadge } from '../../ui/state-badge.js';
import { Steps } from '../../ui/steps.js';
import { MarkConsents } from './mark-consents.js';

type Consent = paths['/consents']['get']['responses'][200]['content']['application/json']['items'][number];

const columns: readonly Column<Consent>[] = [
  { name: 'bank', show: ({ bank }) => bank, text: ({ bank }) => bank },
  { name: 'enterprise', show: ({ enterprise }) => enterprise.id, text: ({ enterprise }) => enterprise.id },
  {
    name: 'type',
    show: ({ document }) => <WhatFor document={document} />,
    text: ({ document }) => (document === undefined ? '' : `${document.type} ${document.number}`),
  },
  { name: 'state', show: ({ state }) => <StateBadge state={state} />, text: ({ state }) => state },
  {
    name: 'lastDay',
    show: ({ until }) => until !== undefined && <Day value={until} />,
    text: ({ until = '' }) => until,
  },
  {
    name: 'createdAt',
    show: ({ createdAt }) => <Moment value={createdAt} />,
    text: ({ createdAt }) => createdAt,
  },
];

/** Which banks may draw on whose documents, where the consortium asks for the exporter’s consent. */
export function Consents() {
  const { t } = useTranslation();
  const { may, organisation } = useOwn();
  const filters = useFilters(['state']);
  return (
    <Page
      title={t('page./consents')}
      actions={
        may.includes('giveConsent') && (
          <Button component={Link} to="/consents/new">
            {t('begin./consents/new')}
          </Button>
        )
      }
    >
      <p>{t('consents.about')}</p>
      <Filters of={[{ name: 'state', options: ['given', 'withdrawn'], words: 'state' }]} />
      <RecordList
        name="consents"
        of={filters}
        caption="page./consents"
        columns={columns}
        keyOf={({ id }) => id}
        read={(cursor) => content(api.GET('/consents', { params: { query: queryOf(filters, cursor) } }))}
        {...(may.includes('withdrawConsent') && {
          actions: ({ id, state }: Consent) =>
            state === 'given' && (
              <Steps
                inRow
                record={`consent/${id}`}
                of={[
                  {
                    name: 'withdrawConsent',
                    danger: true,
                    fields: [],
                    about: 'consents.withdrawn',
                    send: (_body, key) =>
                      api.DELETE('/consents/{id}', { params: { path: { id }, ...once(key) } }),
                  },
                ]}
              />
            ),
        })}
      />
      {organisation.kind !== 'bank' && <MarkConsents />}
    </Page>
  );
}

function WhatFor({ document }: { readonly document: Consent['document'] | undefined }) {
  const { t } = useTranslation();
  return document === undefined ? t('consents.every') : <NamedDocument document={document} />;
}
