import { Badge, Button, Group, Paper, Text } from '@mantine/core';
import type { paths } from '@pledgeonce/client';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useLanguage } from '../../i18n/language.js';
import { Moment } from '../../ui/dates.js';
import { Money } from '../../ui/money.js';
import { NamedDocument } from '../../ui/named-document.js';

export type InboxItem =
  paths['/inbox']['get']['responses'][200]['content']['application/json']['items'][number];

/** Where a record has its page; a record without one is on the list of its kind. */
const pages: Readonly<Record<InboxItem['record'], (id: string) => string>> = {
  claim: (id) => `/claims/${id}`,
  payment: (id) => `/payments/${id}`,
  transfer: (id) => `/claims/${id}`,
  request: (id) => `/financing-requests/${id}`,
  loan: (id) => `/loan-applications/${id}`,
  mandate: () => '/loan-mandates',
  assignment: () => '/assignments',
  objection: (id) => `/objections/${id}`,
  rate: () => '/rates',
  'document-step': (id) => `/documents/${id}`,
  document: (id) => `/documents/${id}`,
  window: () => '/take-on',
  correction: () => '/take-on',
  member: () => '/members',
  alert: () => '/alerts',
};

/** One thing that waits: what it is, of what, since when, who brought it this far, and the way to it. */
export function InboxCard({ item }: { readonly item: InboxItem }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { kind, record, id, documents, amount, enterprise, applicationNumber, by, due, since, needsAnother } =
    item;
  return (
    <Paper withBorder p="md">
      <Group justify="space-between" align="flex-start">
        <div>
          <Group gap="xs">
            <Text fw={600}>{t(`waits.${kind}`)}</Text>
            {needsAnother.length > 0 && <Badge color="gray">{t('why.secondPerson')}</Badge>}
          </Group>
          <div>
            {applicationNumber !== undefined && <code>{applicationNumber}</code>}{' '}
            {documents.slice(0, 3).map((document) => (
              <NamedDocument key={document.type + document.number} document={document} />
            ))}
          </div>
          {language === 'en' && item.cause !== undefined && <Text size="sm">{item.cause}</Text>}
          <Text size="sm" c="dimmed">
            {t('work.since')} <Moment value={since} />
            {due !== undefined && (
              <>
                {' · '}
                {t('work.due')} <Moment value={due} zone />
              </>
            )}
            {by !== undefined && <> · {t('work.by', { person: by })}</>}
            {enterprise !== undefined && <> · {enterprise.id}</>}
          </Text>
        </div>
        <Group gap="md">
          {amount !== undefined && <Money value={amount} />}
          <Button component={Link} to={pages[record](id)} variant="light" size="xs">
            {t('work.open')}
            <span className="visually-hidden">
              {' '}
              {`${t(`waits.${kind}`)} ${applicationNumber ?? documents[0]?.number ?? ''}`}
            </span>
          </Button>
        </Group>
      </Group>
    </Paper>
  );
}
