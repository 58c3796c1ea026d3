import { List, Text } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '@pledgeonce/client';
import { api, content } from '../../api/client.js';
import { useRead } from '../../api/use-read.js';
import { useOwn } from '../../session/session.js';
import { Day } from '../../ui/dates.js';
import { Money } from '../../ui/money.js';
import { NamedDocument } from '../../ui/named-document.js';
import { Read } from '../../ui/read.js';
import { Section } from '../../ui/section.js';

type Fact = Schemas['Fact'];

/** Shipments that are gone through for unpaid premiums, and limits that are asked for their use, the latest first. */
const mostShipments = 200;
const mostLimits = 20;

/** What an insurer looks at first: premiums that are due, and limits that are used up. */
export function InsurerWork() {
  const { t } = useTranslation();
  const { may } = useOwn();
  const shipments = useRead(['facts', 'declared-shipment'], () =>
    api.GET('/facts', { params: { query: { type: 'declared-shipment', limit: mostShipments } } }),
  );
  const limits = useRead(['facts', 'buyer-limit'], () =>
    api.GET('/facts', { params: { query: { type: 'buyer-limit', limit: mostLimits } } }),
  );
  return (
    <>
      <Section title={t('work.premiumsDue')}>
        <Read of={shipments}>{({ items }) => <PremiumsDue of={items} />}</Read>
      </Section>
      {may.includes('readCoverUse') && (
        <Section title={t('work.limitsUsedUp')}>
          <Read of={limits}>{({ items }) => <UsedUp of={items.filter(isInForce)} />}</Read>
        </Section>
      )}
    </>
  );
}

function PremiumsDue({ of }: { readonly of: readonly Fact[] }) {
  const { t } = useTranslation();
  const due = of.filter((fact) => isInForce(fact) && fact.shipment?.premiumPaid === false);
  if (due.length === 0) return <Text c="dimmed">{t('work.nothingDue')}</Text>;
  return (
    <List>
      {due.map((fact) => (
        <List.Item key={fact.id}>
          <DocumentLink of={fact} /> <Day value={fact.date} />{' '}
          {fact.total !== undefined && <Money value={fact.total} />}
        </List.Item>
      ))}
    </List>
  );
}

function UsedUp({ of }: { readonly of: readonly Fact[] }) {
  const { t } = useTranslation();
  const uses = useQueries({
    queries: of.map(({ id }) => ({
      queryKey: ['fact', id, 'use'],
      queryFn: () => content(api.GET('/facts/{id}/use', { params: { path: { id } } })),
    })),
  });
  const usedUp = of.filter((_fact, place) => isNothing(uses[place]?.data?.remaining.amount));
  return (
    <>
      {usedUp.length === 0 && <Text c="dimmed">{t('work.noLimitUsedUp', { count: of.length })}</Text>}
      <List>
        {usedUp.map((fact) => (
          <List.Item key={fact.id}>
            <DocumentLink of={fact} /> {fact.total !== undefined && <Money value={fact.total} />}
          </List.Item>
        ))}
      </List>
    </>
  );
}

function DocumentLink({ of: { id, type, number } }: { readonly of: Fact }) {
  return (
    <Link to={`/documents/${id}`}>
      <NamedDocument document={{ type, number }} />
    </Link>
  );
}

function isInForce({ status }: Fact): boolean {
  return status === 'active' || status === 'amended';
}

/** Whether an amount is zero, in whatever minor units; one that is not known is not. */
function isNothing(amount: string | undefined): boolean {
  return amount !== undefined && /^0+(\.0+)?$/.test(amount);
}
