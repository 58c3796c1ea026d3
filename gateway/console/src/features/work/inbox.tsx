import { Badge, Group, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
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
  const { kind } = useFilters(['kind']);
  const query = { limit: 50, ...(kind !== undefined && { kind: kind as Kind }) };
  const inbox = useRead(['inbox', query], () => api.GET('/inbox', { params: { query } }));
  return (
    <Read of={inbox}>
      {({ items, counts }) => (
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
          <Shortcuts />
        </>
      )}
    </Read>
  );
}
