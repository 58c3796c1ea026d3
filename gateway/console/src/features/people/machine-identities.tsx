import { useTranslation } from 'react-i18next';
import type { paths } from '@pledgeonce/client';
import { api } from '../../api/client.js';
import { useRead } from '../../api/use-read.js';
import { Day } from '../../ui/dates.js';
import type { Column } from '../../ui/list/column.js';
import { RecordTable } from '../../ui/list/record-table.js';
import { Read } from '../../ui/read.js';
import { Section } from '../../ui/section.js';
import { StateBadge } from '../../ui/state-badge.js';

type Identity =
  paths['/machine-identities']['get']['responses'][200]['content']['application/json']['items'][number];

const columns: readonly Column<Identity>[] = [
  { name: 'name', show: ({ name }) => <code>{name}</code>, text: ({ name }) => name },
  { name: 'state', show: ({ state }) => <StateBadge state={state} />, text: ({ state }) => state },
  {
    name: 'enrolmentId',
    show: ({ enrolmentId }) => enrolmentId,
    text: ({ enrolmentId = '' }) => enrolmentId,
  },
  {
    name: 'certificateEndsAt',
    show: ({ certificateEndsAt }) => certificateEndsAt !== undefined && <Day value={certificateEndsAt} />,
    text: ({ certificateEndsAt = '' }) => certificateEndsAt,
  },
  {
    name: 'renewsFrom',
    show: ({ renewsFrom }) => renewsFrom !== undefined && <Day value={renewsFrom} />,
    text: ({ renewsFrom = '' }) => renewsFrom,
  },
];

/** The identities that the gateway itself acts with. It renews them; here somebody sees when it cannot. */
export function MachineIdentities() {
  const { t } = useTranslation();
  const identities = useRead(['machine-identities'], () => api.GET('/machine-identities'));
  return (
    <Section title={t('people.machines')}>
      <Read of={identities}>
        {({ items }) => (
          <RecordTable caption="people.machines" columns={columns} items={items} keyOf={({ name }) => name} />
        )}
      </Read>
    </Section>
  );
}
