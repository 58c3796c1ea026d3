import { Button, Group, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, content } from '../../api/client.js';
import { useOwn } from '../../session/session.js';
import { Day } from '../../ui/dates.js';
import { useRead } from '../../api/use-read.js';
import { Filters, useFilters } from '../../ui/list/filters.js';
import { Page } from '../../ui/page.js';
import { ProblemNote } from '../../ui/problem-note.js';
import { Section } from '../../ui/section.js';
import { AlertCard } from './alert-card.js';

/** What happened that somebody has to look at, the latest first, and what falls due. */
export function Alerts() {
  const { t } = useTranslation();
  const { may } = useOwn();
  const filters = useFilters(['alert']);
  const alerts = useInfiniteQuery({
    queryKey: ['alerts', filters],
    queryFn: ({ pageParam }) =>
      content(
        api.GET('/alerts', {
          params: { query: { ...filters, limit: 30, ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
  });
  const pages = alerts.data?.pages ?? [];
  const items = pages.flatMap((page) => page.items);
  const due = pages[0]?.due ?? [];
  return (
    <Page title={t('page./alerts')}>
      <Sorts chosen={filters.alert} />
      {alerts.isError && <ProblemNote error={alerts.error} onAgain={alerts.refetch} />}
      {due.length > 0 && may.includes('readClaim') && (
        <Section title={t('alerts.due', { count: pages[0]?.dueCount ?? due.length })}>
          <Group gap="md">
            {due.slice(0, 20).map(({ id, dueDate }) => (
              <Link key={id} to={`/claims/${id}`}>
                {t('claim.one')} <code>{id.slice(0, 8)}</code> · <Day value={dueDate} />
              </Link>
            ))}
          </Group>
        </Section>
      )}
      {alerts.isSuccess && items.length === 0 && <Text c="dimmed">{t('alerts.nothing')}</Text>}
      <Stack component="ul" className="plain-list" gap="sm">
        {items.map((alert) => (
          <li key={alert.id}>
            <AlertCard alert={alert} />
          </li>
        ))}
      </Stack>
      {alerts.hasNextPage && (
        <Button variant="default" mt="md" onClick={() => void alerts.fetchNextPage()}>
          {t('ui.more')}
        </Button>
      )}
    </Page>
  );
}

/** The sorts of alerts that nobody has looked into, to be chosen from. */
function Sorts({ chosen }: { readonly chosen: string | undefined }) {
  const waiting = useRead(['inbox', 'alerts'], () => api.GET('/inbox', { params: { query: { limit: 1 } } }));
  const sorts = (waiting.data?.alerts ?? []).map(({ alert }) => alert);
  const options = [...new Set([...sorts, ...(chosen === undefined ? [] : [chosen])])];
  if (options.length < 2 && chosen === undefined) return null;
  return <Filters of={[{ name: 'alert', options, words: 'alert' }]} />;
}
