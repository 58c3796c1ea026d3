import { Badge, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, content } from '../../api/client.js';
import { Filters, useFilters } from '../../ui/list/filters.js';
import { ProblemNote } from '../../ui/problem-note.js';
import { AlertsByGravity } from './alerts-by-gravity.js';
import { InboxCard } from './inbox-card.js';
import type { InboxItem } from './inbox-card.js';

type Kind = InboxItem['kind'];

/** What waits, the oldest first, and how much of each kind. */
export function Inbox() {
  const { t } = useTranslation();
  const { kind, alert, all } = useFilters(['kind', 'alert', 'all']);
  const query = {
    limit: 50,
    ...(kind !== undefined && { kind: kind as Kind }),
    ...(alert !== undefined && { alert }),
    ...(all !== undefined && { withMuted: 'true' as const }),
  };
  const inbox = useInfiniteQuery({
    queryKey: ['inbox', query],
    queryFn: ({ pageParam }) =>
      content(
        api.GET('/inbox', { params: { query: { ...query, ...(pageParam && { cursor: pageParam }) } } }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
  });
  if (inbox.isError) return <ProblemNote error={inbox.error} onAgain={inbox.refetch} />;
  if (inbox.isPending) return <Skeleton height={120} role="status" aria-label={t('ui.loading')} />;
  const [first] = inbox.data.pages;
  const { counts = [], alerts = [], muted = 0 } = first ?? {};
  const items = inbox.data.pages.flatMap((page) => page.items);
  return (
    <>
      <Counts of={counts} />
      <AlertsByGravity of={alerts} />
      {counts.length > 1 && (
        <Filters
          of={[{ name: 'kind', options: counts.map(({ kind: counted }) => counted), words: 'waits' }]}
        />
      )}
      {items.length === 0 && <p>{t('work.nothing')}</p>}
      <Stack component="ul" gap="sm" className="plain-list">
        {items.map((item) => (
          <li key={`${item.record}${item.id}${item.kind}`}>
            <InboxCard item={item} />
          </li>
        ))}
      </Stack>
      {inbox.hasNextPage && (
        <Button variant="default" mt="md" onClick={() => void inbox.fetchNextPage()}>
          {t('ui.more')}
        </Button>
      )}
      {muted > 0 && (
        <Text size="sm" c="dimmed" mt="md">
          {t('work.muted', { count: muted })} <Link to="/?all=true">{t('work.showMuted')}</Link>
          {' · '}
          <Link to="/profile/notifications">{t('page./profile/notifications')}</Link>
        </Text>
      )}
    </>
  );
}

function Counts({ of }: { readonly of: readonly { readonly kind: Kind; readonly count: number }[] }) {
  const { t } = useTranslation();
  return (
    <Group gap="xs" mb="md" aria-label={t('work.counts')} role="group">
      {of.map(({ kind, count }) => (
        <Badge key={kind} size="lg">
          {t(`waits.${kind}`)}: {count}
        </Badge>
      ))}
    </Group>
  );
}
