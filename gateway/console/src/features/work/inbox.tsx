import { Badge, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../../api/client.js';
import { useRead } from '../../api/use-read.js';
import { Filters, useFilters } from '../../ui/list/filters.js';
import { Read } from '../../ui/read.js';
import { InboxCard } from './inbox-card.js';
import type { InboxItem } from './inbox-card.js';
import { Shortcuts } from './shortcuts.js';

type Kind = InboxItem['kind'];

/** What waits, the oldest first, and how much of each kind. */
export function Inbox() {
  const { t } = useTranslation();
  const { kind, all } = useFilters(['kind', 'all']);
  const query = {
    limit: 50,
    ...(kind !== undefined && { kind: kind as Kind }),
    ...(all !== undefined && { withMuted: 'true' as const }),
  };
  const inbox = useRead(['inbox', query], () => api.GET('/inbox', { params: { query } }));
  return (
    <Read of={inbox}>
      {({ items, counts, muted }) => (
        <>
          <Group gap="xs" mb="md" aria-label={t('work.counts')} role="group">
            {counts.map(({ kind: counted, count }) => (
              <Badge key={counted} size="lg">
                {t(`waits.${counted}`)}: {count}
              </Badge>
            ))}
          </Group>
          {counts.length > 1 && (
            <Filters
              of={[{ name: 'kind', options: counts.map(({ kind: counted }) => counted), words: 'waits' }]}
            />
          )}
          {items.length === 0 && <p>{t('work.nothing')}</p>}
          <Stack component="ul" gap="sm" className="plain-list">
            {items.map((item) => (
              <li key={`${item.record}${item.id}`}>
                <InboxCard item={item} />
              </li>
            ))}
          </Stack>
          {muted > 0 && (
            <Text size="sm" c="dimmed" mt="md">
              {t('work.muted', { count: muted })} <Link to="/?all=true">{t('work.showMuted')}</Link>
              {' · '}
              <Link to="/profile/notifications">{t('page./profile/notifications')}</Link>
            </Text>
          )}
          <Shortcuts />
        </>
      )}
    </Read>
  );
}
