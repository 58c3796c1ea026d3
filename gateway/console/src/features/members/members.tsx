import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, content } from '../../api/client.js';
import { useRead } from '../../api/use-read.js';
import { useOwn } from '../../session/session.js';
import { Moment } from '../../ui/dates.js';
import type { Column } from '../../ui/list/column.js';
import { Filters, useFilters } from '../../ui/list/filters.js';
import { queryOf } from '../../ui/list/query-of.js';
import { RecordList } from '../../ui/list/record-list.js';
import { WholeList } from '../../ui/list/whole-list.js';
import { Page } from '../../ui/page.js';
import { Read } from '../../ui/read.js';
import { Section } from '../../ui/section.js';
import { StateBadge } from '../../ui/state-badge.js';
import { Steps } from '../../ui/steps.js';
import { memberKinds, memberSteps, proposeMember } from './member-steps.js';
import { OrderedByMember } from './ordered-by-member.js';
import { Proposals } from './proposals.js';
import { RefusedAtDoor } from './refused-at-door.js';
import type { Governing, Member } from './member.js';

const columns: readonly Column<Member>[] = [
  { name: 'organisation', show: ({ title }) => title, text: ({ title }) => title },
  { name: 'mspId', show: ({ id }) => <code>{id}</code>, text: ({ id }) => id },
  {
    name: 'kind',
    show: ({ kind, accounts = [] }) => (
      <>
        <Kind of={kind} /> {accounts.length > 0 && <code>{accounts.join(' ')}</code>}
      </>
    ),
    text: ({ kind }) => kind,
  },
  { name: 'node', show: (member) => <Node of={member} />, text: ({ authority }) => nodeOf(authority) },
  {
    name: 'state',
    show: ({ state = 'proposed' }) => <StateBadge state={state} />,
    text: ({ state = 'proposed' }) => state,
  },
  {
    name: 'since',
    show: ({ since }) => since !== undefined && <Moment value={since} />,
    text: ({ since = '' }) => since,
  },
];
const governing: readonly Column<Governing>[] = [
  { name: 'organisation', show: ({ title }) => title, text: ({ title }) => title },
  { name: 'mspId', show: ({ id }) => <code>{id}</code>, text: ({ id }) => id },
  { name: 'kind', show: ({ kind }) => <Kind of={kind} />, text: ({ kind }) => kind },
];

/** Who is in the consortium, as the register on the ledger has it, and what the government is about to change. */
export function Members() {
  const { t } = useTranslation();
  const own = useOwn();
  const filters = useFilters(['kind', 'state']);
  const isGoverning = own.may.includes('changeMember');
  const register = useRead(['members', 'government'], () =>
    api.GET('/registry/members', { params: { query: { limit: 200, proposed: 'true' } } }),
  );
  return (
    <Page title={t('page./members')} actions={isGoverning && <Steps record="member" of={[proposeMember]} />}>
      <p>{t('members.about')}</p>
      <Read of={register}>
        {({ items, government }) => (
          <>
            <Proposals of={items} government={government} />
            <Section title={t('members.government')}>
              <WholeList
                name="government"
                caption="members.government"
                columns={governing}
                items={government}
                keyOf={({ id }) => id}
              />
            </Section>
          </>
        )}
      </Read>
      <Section title={t('members.register')}>
        <Filters
          of={[
            { name: 'kind', options: memberKinds, words: 'organisationKind' },
            { name: 'state', options: ['admitted', 'suspended', 'removed'], words: 'state' },
          ]}
        />
        <RecordList
          name="members"
          of={filters}
          caption="members.register"
          columns={columns}
          keyOf={({ id }) => id}
          read={(cursor) =>
            content(api.GET('/registry/members', { params: { query: queryOf(filters, cursor) } }))
          }
          {...(isGoverning && {
            actions: (member: Member) => (
              <Steps inRow record={`member/${member.id}`} of={memberSteps(member)} />
            ),
          })}
        />
      </Section>
      <Oversight />
    </Page>
  );
}

/** Where one reads whose node differed, and who sends what nobody can read. */
function Oversight() {
  const { t } = useTranslation();
  const { organisation, person } = useOwn();
  const isGovernment = ['customs', 'tax', 'regulator'].includes(organisation.kind);
  const seesNodes = isGovernment && ['auditor', 'admin'].includes(person.role);
  return (
    <>
      {seesNodes && (
        <p>
          {t('members.nodes')} <Link to="/contradictions">{t('page./contradictions')}</Link>
        </p>
      )}
      {seesNodes && <RefusedAtDoor />}
      {organisation.kind === 'regulator' && person.role !== 'admin' && (
        <>
          <p>
            {t('members.junk')} <Link to="/alerts?alert=malformed-transactions">{t('page./alerts')}</Link>
          </p>
          <p>
            {t('members.probing')} <Link to="/alerts?alert=probing">{t('page./alerts')}</Link>
          </p>
          <OrderedByMember />
        </>
      )}
    </>
  );
}

function Kind({ of }: { readonly of: string }) {
  const { t } = useTranslation();
  return t(`organisationKind.${of}`);
}

function Node({ of: { authority, state } }: { readonly of: Member }) {
  const { t } = useTranslation();
  // Before it is a member, its node is no business of the register.
  return state === undefined ? null : t(`nodeOf.${nodeOf(authority)}`);
}

/** A member whose certificate authority the register has runs no node of its own. */
function nodeOf(authority: string | undefined): 'own' | 'none' {
  return authority === undefined ? 'own' : 'none';
}
