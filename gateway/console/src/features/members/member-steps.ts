import { api } from '../../api/client.js';
import { once } from '../../api/use-read.js';
import type { Step } from '../../ui/steps.js';
import type { Member, Proposed } from './member.js';

/** What an organisation can be a member as, in the order of a choice: the compiler holds it to what the gateway takes. */
const kinds: Readonly<Record<Member['kind'], true>> = {
  bank: true,
  insurer: true,
  carrier: true,
  enterprise: true,
  customs: true,
  tax: true,
};
export const memberKinds = Object.keys(kinds);

const send = (body: object, key: string) =>
  api.POST('/registry/members', { params: once(key), body: body as never });

/** One government organisation's word on an organisation that is not on the register yet. */
export const proposeMember: Step = {
  name: 'proposeMember',
  about: 'members.needsSecond',
  fields: [
    { name: 'id', kind: 'text', label: 'mspId', required: true, hint: 'mspId' },
    { name: 'title', kind: 'text', label: 'organisation', required: true },
    { name: 'kind', kind: 'choice', required: true, options: memberKinds, words: 'organisationKind' },
    { name: 'authority', kind: 'long', label: 'memberAuthority', hint: 'memberAuthority' },
  ],
  initial: { kind: 'bank' },
  send: (body: object, key) => send({ ...body, state: 'admitted' }, key),
};

/** What the government can say of a member: the word counts once a second organisation says the same. */
export function memberSteps(member: Member): readonly Step[] {
  const { id, title, kind, state } = member;
  // Who was removed does not come back: its records have another holder.
  if (state === undefined || state === 'removed') return [];
  const isSuspended = state === 'suspended';
  return [
    ...(kind === 'enterprise' ? [ofAccounts(member)] : []),
    {
      name: isSuspended ? 'admitMember' : 'suspendMember',
      danger: !isSuspended,
      about: isSuspended ? 'members.needsSecond' : 'members.suspending',
      fields: [],
      send: (_body, key) => send({ id, title, kind, state: isSuspended ? 'admitted' : 'suspended' }, key),
    },
    {
      name: 'removeMember',
      danger: true,
      about: 'members.removing',
      fields: [{ name: 'successor', kind: 'text', label: 'successor', required: true, hint: 'mspId' }],
      send: (body: object, key) => send({ id, title, kind, state: 'removed', ...body }, key),
    },
  ];
}

/** Which enterprises a further portal serves, by how their accounts begin. */
function ofAccounts({ id, title, kind, state, accounts = [] }: Member): Step {
  return {
    name: 'setAccounts',
    secondary: true,
    about: 'members.needsSecond',
    fields: [{ name: 'accounts', kind: 'text', hint: 'accounts' }],
    initial: { accounts: accounts.join(' ') },
    send: (typed: { readonly accounts?: string }, key) => {
      const begins = (typed.accounts ?? '').split(/[\s,，、]+/).filter((one) => one !== '');
      return send({ id, title, kind, state, accounts: begins }, key);
    },
  };
}

/** To say what another government organisation has said: from then on it holds. */
export function sayTheSame(id: string, { by: _by, at: _at, ...word }: Proposed): Step {
  return {
    name: 'sayTheSame',
    about: 'members.holdsAtOnce',
    fields: [],
    send: (_body, key) => send({ id, ...word }, key),
  };
}
