import { Button, List, Text } from '@mantine/core';
import { useInfiniteQuery, useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '@pledgeonce/client';
import { api, content } from '../../api/client.js';
import { useOwn } from '../../session/session.js';
import { Day } from '../../ui/dates.js';
import { Money } from '../../ui/money.js';
import { NamedDocument } from '../../ui/named-document.js';
import { ProblemNote } from '../../ui/problem-note.js';
import { Section } from '../../ui/section.js';

type Fact = Schemas['Fact'];
interface Looked {
  /** Those in force among the documents that were gone through. */
  readonly of: readonly Fact[];
}

/** Shipments that are gone through at once for unpaid premiums, and limits that are asked for their use. */
const shipmentsAtOnce = 200;
const limitsAtOnce = 20;

/** What an insurer looks at first: premiums that are due, and limits that are used up. */
export function InsurerWork() {
  const { may } = useOwn();
  return (
    <>
      <Gone
        through="declared-shipment"
        atOnce={shipmentsAtOnce}
        title="work.premiumsDue"
        show={PremiumsDue}
      />
      {may.includes('readCoverUse') && (
        <Gone through="buyer-limit" atOnce={limitsAtOnce} title="work.limitsUsedUp" show={UsedUp} />
      )}
    </>
  );
}

interface GoneProps {
  readonly through: 'declared-shipment' | 'buyer-limit';
  readonly atOnce: number;
  readonly title: string;
  readonly show: (looked: Looked) => React.ReactNode;
}

/**
 * What the ledger keeps of a document only the ledger can tell, so the documents are gone through, the latest first. How
 * far that has come stands below, and the reader goes on from there.
 */
function Gone({ through, atOnce, title, show: Show }: GoneProps) {
  const { t } = useTranslation();
  const facts = useInfiniteQuery({
    queryKey: ['facts', through, 'all'],
    queryFn: ({ pageParam }) =>
      content(
        api.GET('/facts', {
          params: { query: { type: through, limit: atOnce, ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
  });
  const all = (facts.data?.pages ?? []).flatMap(({ items }) => items);
  return (
    <Section title={t(title)}>
      {facts.isError && <ProblemNote error={facts.error} onAgain={facts.refetch} />}
      {facts.isSuccess && <Show of={all.filter(isInForce)} />}
      {facts.hasNextPage && (
        <Text size="sm" mt="sm" role="status">
          {t('work.goneThrough', { count: all.length })}{' '}
          <Button
            variant="default"
            size="xs"
            loading={facts.isFetchingNextPage}
            onClick={() => void facts.fetchNextPage()}
          >
            {t('work.goThroughEarlier')}
          </Button>
        </Text>
      )}
    </Section>
  );
}

function PremiumsDue({ of }: Looked) {
  const { t } = useTranslation();
  const due = of.filter(({ shipment }) => shipment?.premiumPaid === false);
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

function UsedUp({ of }: Looked) {
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
