import { Paper, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useOwn } from '../../session/session.js';
import { Moment } from '../../ui/dates.js';
import { Section } from '../../ui/section.js';
import { Steps } from '../../ui/steps.js';
import { sayTheSame } from './member-steps.js';
import type { Governing, Member, Proposed } from './member.js';

interface Props {
  /** Members of whom one government organisation has said what no second one has. */
  readonly of: readonly Member[];
  readonly government: readonly Governing[];
}

/** What would change, who has said so, and whose word is missing. */
export function Proposals({ of, government }: Props) {
  const { t } = useTranslation();
  return (
    <Section title={t('members.proposals')}>
      {of.length === 0 && <p>{t('members.noProposals')}</p>}
      <Stack component="ul" className="plain-list" gap="sm">
        {of.map((member) =>
          member.proposed === undefined ? null : (
            <li key={member.id}>
              <Proposal of={member} proposed={member.proposed} government={government} />
            </li>
          ),
        )}
      </Stack>
    </Section>
  );
}

function Proposal({
  of: member,
  proposed,
  government,
}: {
  readonly of: Member;
  readonly proposed: Proposed;
  readonly government: readonly Governing[];
}) {
  const { t } = useTranslation();
  const { may, organisation } = useOwn();
  const { by, at } = proposed;
  const titleOf = (id: string) => government.find((one) => one.id === id)?.title ?? id;
  const missing = government.filter(({ id }) => !by.includes(id));
  const join = (titles: readonly string[]) => titles.join(t('ui.listSign'));
  const maySay = may.includes('changeMember') && !by.includes(organisation.mspId);
  return (
    <Paper withBorder p="md">
      <Text fw={600}>
        {proposed.title} <code>{member.id}</code>
      </Text>
      <ul>
        {changesOf(member, proposed).map((change) => (
          <li key={change}>
            {t(`members.change.${change}`, {
              kind: t(`organisationKind.${proposed.kind}`),
              title: proposed.title,
              successor: proposed.successor,
              accounts: join(proposed.accounts ?? []),
            })}
          </li>
        ))}
      </ul>
      <Text size="sm" c="dimmed">
        {t('members.saidBy', { organisations: join(by.map(titleOf)) })} <Moment value={at} />
        {' · '}
        {t('members.missing', { organisations: join(missing.map(({ title }) => title)) })}
      </Text>
      {maySay && <Steps record={`member/${member.id}`} of={[sayTheSame(member.id, proposed)]} />}
    </Paper>
  );
}

type Change =
  | 'joins'
  | 'withoutNode'
  | 'suspended'
  | 'admittedAgain'
  | 'removed'
  | 'renamed'
  | 'authority'
  | 'accounts'
  | 'noAccounts';

/** What it means that a member is in this state from then on. */
const changeTo = { admitted: 'admittedAgain', suspended: 'suspended', removed: 'removed' } as const;

/** What would be otherwise than it is, in the order in which it matters. */
function changesOf(member: Member, proposed: Proposed): readonly Change[] {
  if (member.state === undefined)
    return ['joins', ...(proposed.authority === undefined ? [] : (['withoutNode'] as const))];
  const isNewAuthority = proposed.authority !== undefined && proposed.authority !== member.authority;
  return [
    ...(member.state === proposed.state ? [] : [changeTo[proposed.state]]),
    ...(member.title === proposed.title ? [] : ['renamed' as const]),
    ...(isNewAuthority ? ['authority' as const] : []),
    ...accountsOf(member, proposed),
  ];
}

function accountsOf(member: Member, { accounts }: Proposed): readonly Change[] {
  if (accounts === undefined || accounts.join() === (member.accounts ?? []).join()) return [];
  return [accounts.length === 0 ? 'noAccounts' : 'accounts'];
}
