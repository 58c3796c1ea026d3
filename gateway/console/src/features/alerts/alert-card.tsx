import { Badge, Button, Group, Paper, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { paths } from '@pledgeonce/client';
import { api } from '../../api/client.js';
import { once } from '../../api/use-read.js';
import { useOwn, type Own } from '../../session/session.js';
import { Moment } from '../../ui/dates.js';
import { mayOpenDocument } from '../../ui/may-open-document.js';
import { Money } from '../../ui/money.js';
import { NamedDocument } from '../../ui/named-document.js';
import { StateBadge } from '../../ui/state-badge.js';
import { Steps } from '../../ui/steps.js';

type Alert = paths['/alerts']['get']['responses'][200]['content']['application/json']['items'][number];

type Concerned = Alert['concerns'][number];

const addresses = {
  claim: '/claims/',
  transfer: '/claims/',
  payment: '/payments/',
  document: '/documents/',
  objection: '/objections/',
} as const;

interface Content {
  readonly alert: string;
  /** Of transactions that nobody can read: who had them ordered, how many, and where they lie. */
  readonly mspId?: string;
  readonly person?: string;
  readonly count?: number;
  readonly block?: number;
  /** Of guesses at documents: at such as are not on record, and with wrong particulars. */
  readonly unknown?: number;
  readonly wrong?: number;
  readonly since?: string;
  readonly enterprise?: string;
}

/** An alert: its cause in a sentence, what it is about, whether it was read, and what came of looking into it. */
export function AlertCard({ alert }: { readonly alert: Alert }) {
  const { t } = useTranslation();
  const { person } = useOwn();
  const queries = useQueryClient();
  const { id, time, concerns, read, checked } = alert;
  const { alert: name } = alert.content as Content;
  const mark = async () => {
    await api.PUT('/alerts/{id}/reading', { params: { path: { id } } });
    await queries.invalidateQueries({ queryKey: ['alerts'] });
  };
  return (
    <Paper withBorder p="md">
      <Group justify="space-between" align="flex-start">
        <div>
          <Text fw={read ? 400 : 650}>{t(`alert.${name}`)}</Text>
          <Text size="sm" c="dimmed">
            <Moment value={time} /> {!read && <Badge>{t('alerts.new')}</Badge>}
          </Text>
        </div>
        <Group gap="xs">
          {!read && (
            <Button size="xs" variant="default" onClick={() => void mark()}>
              {t('alerts.read')}
            </Button>
          )}
          {checked === undefined && (person.role === 'officer' || person.role === 'approver') && (
            <Steps
              record={`alert/${id}`}
              of={[
                {
                  name: 'checkAlert',
                  fields: [{ name: 'remark', kind: 'long', required: true }],
                  send: (body, key) =>
                    api.POST('/alerts/{id}/check', { params: { path: { id }, ...once(key) } as never, body }),
                },
              ]}
            />
          )}
        </Group>
      </Group>
      <Junk of={alert.content as Content} />
      <Guesses of={alert.content as Content} />
      <ul className="plain-list">
        {concerns.map((one) => (
          <li key={one.record + one.id}>
            <Concern of={one} />
          </li>
        ))}
      </ul>
      {checked !== undefined && (
        <Text size="sm" mt="xs">
          {t('document.checked', { person: checked.by })} <Moment value={checked.at} />: {checked.remark}
        </Text>
      )}
    </Paper>
  );
}

/** Who sends what nobody can read: whatever the envelope says of its sender was signed by it. */
function Junk({ of: { alert, mspId, person = '', count, block } }: { readonly of: Content }) {
  const { t } = useTranslation();
  if (alert !== 'malformed-transactions') return null;
  return <Text size="sm">{t('alerts.junk', { organisation: mspId, person, count, block })}</Text>;
}

/** Who guesses at documents, how often, and since when. */
function Guesses({ of }: { readonly of: Content }) {
  const { t } = useTranslation();
  const { alert, mspId, person, enterprise, unknown, wrong, since = '' } = of;
  if (alert !== 'probing') return null;
  const who = [mspId, enterprise, person].filter((one) => one !== undefined).join(' · ');
  return (
    <Text size="sm">
      {t('alerts.guesses', { who, unknown, wrong })} <Moment value={since} />
    </Text>
  );
}

/** Who may not read a record is told of it, and not led to a page that refuses them. */
const readings = {
  claim: 'readClaim',
  transfer: 'readClaim',
  payment: 'readPayment',
  document: 'readFact',
  // Whoever is told of an objection may read it.
  objection: undefined,
} as const;

/** An enterprise looks its documents up, whoever recorded them: of most it may not read the record itself. */
function wayTo({ organisation }: Own, record: keyof typeof addresses, { id, document }: Concerned) {
  return record === 'document' && organisation.kind === 'enterprise'
    ? { to: '/own-documents', state: { document } }
    : { to: addresses[record] + id };
}

/** A record that an alert is about, and the way to it. */
function Concern({ of }: { readonly of: Concerned }) {
  const { t } = useTranslation();
  const own = useOwn();
  const { record } = of;
  const name = of.applicationNumber ?? of.reference ?? t(`record.${record}`);
  const reading = record === 'notice' ? undefined : readings[record];
  // Of another authority's document nothing is known here but that it is there.
  const isKnown = record !== 'document' || of.document !== undefined;
  const mayRead =
    record === 'document'
      ? mayOpenDocument(own, of.document)
      : reading === undefined || own.may.includes(reading);
  const isLed = record !== 'notice' && isKnown && mayRead;
  return (
    <>
      {isLed ? <Link {...wayTo(own, record, of)}>{name}</Link> : name}{' '}
      {of.document !== undefined && <NamedDocument document={of.document} />}
      {of.amount !== undefined && <Money value={of.amount} />}{' '}
      {of.state !== undefined && <StateBadge state={of.state} />}
    </>
  );
}
