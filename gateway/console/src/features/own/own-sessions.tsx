import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { paths } from '@pledgeonce/client';
import { api } from '../../api/client.js';
import { useRead } from '../../api/use-read.js';
import { useSession } from '../../session/session.js';
import { Moment } from '../../ui/dates.js';
import type { Column } from '../../ui/list/column.js';
import { RecordTable } from '../../ui/list/record-table.js';
import { Read } from '../../ui/read.js';
import { Section } from '../../ui/section.js';
import { Steps } from '../../ui/steps.js';

type OwnSession = paths['/sessions']['get']['responses'][200]['content']['application/json']['items'][number];

const columns: readonly Column<OwnSession>[] = [
  {
    name: 'startedAt',
    show: ({ startedAt, isCurrent }) => <Started at={startedAt} isCurrent={isCurrent} />,
    text: ({ startedAt }) => startedAt,
  },
  {
    name: 'lastUsedAt',
    show: ({ lastUsedAt }) => <Moment value={lastUsedAt} />,
    text: ({ lastUsedAt }) => lastUsedAt,
  },
  { name: 'address', show: ({ address }) => address, text: ({ address = '' }) => address },
];

function Started({ at, isCurrent }: { readonly at: string; readonly isCurrent: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      <Moment value={at} /> {isCurrent && <Badge>{t('sessions.here')}</Badge>}
    </>
  );
}

/** Where one is signed in, and the way out of it: there alone, or everywhere at once. */
export function OwnSessions() {
  const { t } = useTranslation();
  const { signOut } = useSession();
  const sessions = useRead(['own-sessions'], () => api.GET('/sessions'));
  return (
    <Section title={t('sessions.title')}>
      <Read of={sessions}>
        {({ items }) => (
          <RecordTable
            caption="sessions.title"
            columns={columns}
            items={items}
            keyOf={({ id }) => id}
            actions={({ id, isCurrent }) =>
              !isCurrent && (
                <Steps
                  inRow
                  record={`session/${id}`}
                  of={[
                    {
                      name: 'signOutThere',
                      fields: [],
                      send: () => api.DELETE('/sessions/{id}', { params: { path: { id } } }),
                    },
                  ]}
                />
              )
            }
          />
        )}
      </Read>
      <Steps
        record="sessions"
        of={[
          {
            name: 'signOutEverywhere',
            danger: true,
            fields: [],
            send: () => api.DELETE('/sessions'),
            // This one has ended too: every tab goes to the door.
            onDone: () => void signOut(),
          },
        ]}
      />
    </Section>
  );
}
