import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../../api/client.js';
import { useRead } from '../../api/use-read.js';
import { useOwn } from '../../session/session.js';
import { Day, Moment } from '../../ui/dates.js';
import type { Column } from '../../ui/list/column.js';
import { WholeList } from '../../ui/list/whole-list.js';
import { Page } from '../../ui/page.js';
import { Read } from '../../ui/read.js';
import { StateBadge } from '../../ui/state-badge.js';
import type { MachineView } from './machine.js';

const columns: readonly Column<MachineView>[] = [
  { name: 'machine', show: ({ id }) => <code>{id}</code>, text: ({ id }) => id },
  { name: 'role', show: ({ role }) => <RoleName role={role} />, text: ({ role }) => role },
  { name: 'state', show: ({ state }) => <StateBadge state={state} />, text: ({ state }) => state },
  {
    name: 'awaits',
    show: ({ awaits }) => awaits !== undefined && <Awaits of={awaits} />,
    text: ({ awaits }) => awaits?.kind ?? '',
  },
  {
    name: 'lastTokenAt',
    show: ({ lastTokenAt }) => lastTokenAt !== undefined && <Moment value={lastTokenAt} />,
    text: ({ lastTokenAt = '' }) => lastTokenAt,
  },
  {
    name: 'certificateEndsAt',
    show: ({ certificateEndsAt }) => certificateEndsAt !== undefined && <Day value={certificateEndsAt} />,
    text: ({ certificateEndsAt = '' }) => certificateEndsAt,
  },
];

/** Programs that act for the organisation by a key of their own, and how each stands. */
export function Machines() {
  const { t } = useTranslation();
  const { person } = useOwn();
  const machines = useRead(['machines'], () => api.GET('/machines'));
  return (
    <Page
      title={t('page./machines')}
      actions={
        person.role === 'admin' && (
          <Button component={Link} to="/machines/new">
            {t('machines.new')}
          </Button>
        )
      }
    >
      <p>{t('machines.about')}</p>
      <Read of={machines}>
        {({ items }) => (
          <WholeList
            name="machines"
            caption="page./machines"
            columns={columns}
            items={items}
            keyOf={({ id }) => id}
            addressOf={({ id }) => `/machines/${id}`}
          />
        )}
      </Read>
    </Page>
  );
}

function RoleName({ role }: { readonly role: string }) {
  const { t } = useTranslation();
  return t(`role.${role}`);
}

function Awaits({ of: { kind, by } }: { readonly of: NonNullable<MachineView['awaits']> }) {
  const { t } = useTranslation();
  return t(`machines.awaits.${kind}`, { person: by });
}
