import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, content } from '../../api/client.js';
import { useOwn } from '../../session/session.js';
import { Day } from '../../ui/dates.js';
import { Filters, useFilters } from '../../ui/list/filters.js';
import { RecordList } from '../../ui/list/record-list.js';
import type { Column } from '../../ui/list/column.js';
import { Page } from '../../ui/page.js';
import { StateBadge } from '../../ui/state-badge.js';
import { MachineIdentities } from './machine-identities.js';
import type { PersonView } from './person.js';
import { PersonSteps } from './person-steps.js';

const columns: readonly Column<PersonView>[] = [
  { name: 'enrolmentId', show: ({ id }) => <strong>{id}</strong>, text: ({ id }) => id },
  { name: 'role', show: ({ role }) => <RoleName role={role} />, text: ({ role }) => role },
  { name: 'state', show: ({ state }) => <StateBadge state={state} />, text: ({ state }) => state },
  {
    name: 'awaits',
    show: ({ awaits, cameToNothing }) => (
      <>
        {awaits !== undefined && <Awaits kind={awaits.kind} by={awaits.by} />}
        {cameToNothing !== undefined && <CameToNothing of={cameToNothing} />}
      </>
    ),
    text: ({ awaits, cameToNothing }) => awaits?.kind ?? cameToNothing?.outcome ?? '',
  },
  {
    name: 'signedInAt',
    show: ({ signedInAt }) => signedInAt !== undefined && <Day value={signedInAt} />,
    text: ({ signedInAt = '' }) => signedInAt,
  },
  {
    name: 'certificateEndsAt',
    show: ({ certificateEndsAt, warning }) =>
      certificateEndsAt !== undefined && (
        <span className={warning === undefined ? '' : 'wrong'}>
          <Day value={certificateEndsAt} />
        </span>
      ),
    text: ({ certificateEndsAt }) => certificateEndsAt ?? '',
  },
];

/** The people of the organisation, and what an admin can do with each. */
export function People() {
  const { t } = useTranslation();
  const { person } = useOwn();
  const isAdmin = person.role === 'admin';
  const filters = useFilters(['state', 'withoutSignInDays']);
  return (
    <Page
      title={t('page./people')}
      actions={
        isAdmin && (
          <Button component={Link} to="/people/new">
            {t('people.invite')}
          </Button>
        )
      }
    >
      <Filters
        of={[
          { name: 'state', options: ['invited', 'active', 'locked', 'suspended', 'removed'], words: 'state' },
          { name: 'withoutSignInDays' },
        ]}
      />
      <RecordList
        name="people"
        of={filters}
        caption="page./people"
        columns={columns}
        keyOf={({ id }) => id}
        read={() => content(api.GET('/people', { params: { query: stateOf(filters) } }))}
        {...(isAdmin && { actions: (one: PersonView) => <PersonSteps of={one} /> })}
      />
      <MachineIdentities />
    </Page>
  );
}

function RoleName({ role }: { readonly role: string }) {
  const { t } = useTranslation();
  return t(`role.${role}`);
}

function Awaits({ kind, by }: { readonly kind: string; readonly by: string }) {
  const { t } = useTranslation();
  return t(`awaits.${kind}`, { person: by });
}

/** How a proposal ended that nobody has confirmed: who proposed it reads why. */
function CameToNothing({ of }: { readonly of: NonNullable<PersonView['cameToNothing']> }) {
  const { t } = useTranslation();
  const { kind, by, outcome, returnedBy, reason } = of;
  return (
    <span>
      {t(`awaits.${kind}`, { person: by })}: {t(`people.${outcome}`, { person: returnedBy })}
      {reason !== undefined && ` ${reason}`}
    </span>
  );
}

function stateOf(filters: object): object {
  return filters;
}
