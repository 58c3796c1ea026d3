import { List, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Filters, useFilters } from '../../ui/list/filters.js';
import { Money } from '../../ui/money.js';
import { NamedDocument } from '../../ui/named-document.js';
import { Page } from '../../ui/page.js';
import { Read } from '../../ui/read.js';
import { Section } from '../../ui/section.js';
import { StateBadge } from '../../ui/state-badge.js';
import { lookFor } from './look-for.js';
import type { Found } from './look-for.js';

/** Whatever somebody has in hand, a number, a reference or a firm: the records that it names. */
export function Search() {
  const { t } = useTranslation();
  const { search } = useFilters(['search']);
  const found = useQuery({
    queryKey: ['search', search],
    queryFn: () => lookFor(search ?? ''),
    enabled: search !== undefined,
  });
  return (
    <Page title={t('page./search')}>
      <p>{t('search.about')}</p>
      <Filters of={[{ name: 'search' }]} />
      {search !== undefined && <Read of={found}>{(all) => <Results of={all} />}</Read>}
    </Page>
  );
}

function Results({ of: { documents, claims, payments } }: { readonly of: Found }) {
  const { t } = useTranslation();
  const isNothing = documents.length + claims.length + payments.length === 0;
  return (
    <div role="status">
      {isNothing && <Text>{t('search.nothing')}</Text>}
      {documents.length > 0 && (
        <Section title={t('page./documents')}>
          <List>
            {documents.map(({ id, type, number, status, total }) => (
              <List.Item key={id}>
                <Link to={`/documents/${id}`}>
                  <NamedDocument document={{ type, number }} />
                </Link>{' '}
                <StateBadge state={status} /> {total !== undefined && <Money value={total} />}
              </List.Item>
            ))}
          </List>
        </Section>
      )}
      {claims.length > 0 && (
        <Section title={t('page./claims')}>
          <List>
            {claims.map(({ id, applicationNumber, owner, state, amount }) => (
              <List.Item key={id}>
                <Link to={`/claims/${id}`}>
                  <code>{applicationNumber}</code>
                </Link>{' '}
                {owner} <StateBadge state={state} /> <Money value={amount} />
              </List.Item>
            ))}
          </List>
        </Section>
      )}
      {payments.length > 0 && (
        <Section title={t('page./payments')}>
          <List>
            {payments.map(({ id, reference, owner, state, amount }) => (
              <List.Item key={id}>
                <Link to={`/payments/${id}`}>
                  <code>{reference}</code>
                </Link>{' '}
                {owner} <StateBadge state={state} /> <Money value={amount} />
              </List.Item>
            ))}
          </List>
        </Section>
      )}
    </div>
  );
}
