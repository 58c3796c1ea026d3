import { LedgerError } from '../errors.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import type { Verb } from '../ledger/verb.js';
import { governmentMsps, membersMsp } from '../roles.js';
import { instantText } from '../rules/dates.js';
import type { Input } from '../api.js';
import type { Member } from './api.js';
import { assertOwnAuthority, authorityIn, register } from './authorities.js';
import { accountsOf, placeAccounts } from './portals.js';
import { memberAt } from './records.js';
import { succeed, successorOf } from './succession.js';

/** Of the three government organisations, as many as endorse every transaction. */
const quorum = 2;
const noMembers: readonly string[] = [...governmentMsps, membersMsp];

type Word = Omit<Input<'changeMember'>, 'id'>;

/**
 * An approver of a government organisation says that an organisation is a member, is suspended, or is removed and who
 * succeeds it, and by which certificate authority its people are known where it has no node, and which accounts a further portal serves. It holds as soon as an approver of a second one has said the same;
 * another word in between takes the place of the first. Saying again what one has said, or what holds already, changes
 * nothing. An authority that is not named stays; one that is replaced has issued nothing that counts any more. To remove a
 * member writes two records, however much it holds: whose that is, the successor's entry says.
 *
 * @throws LedgerError MEMBER_INVALID of the government nodes, which are no members by anybody's leave; of a member that
 *   would become something else: what it recorded was recorded as what it is; of an authority that cannot be its own; of a
 *   successor that cannot be one; of accounts that it cannot serve; and of whoever was removed, which is for good.
 */
export const changeMember: Verb<'changeMember'> = async ({ work, caller, now }, { id, ...said }) => {
  if (noMembers.includes(id))
    throw invalid('id', 'The government nodes, and the MSP of those who have no node, are no members.');
  const known = await work.read(memberAt(id));
  if (known?.state === 'removed') return removedAlready(known, said);
  const word = await checked(work, id, known, said);
  if (known !== undefined && holds(known, word)) return known;
  const successor = word.state === 'removed' ? await successorOf(work, known, word.successor) : undefined;
  const proposed = known?.proposed;
  const others = proposed !== undefined && isSame(proposed, word) ? proposed.by : [];
  if (known !== undefined && others.includes(caller.mspId)) return known;
  const by = [...others, caller.mspId];
  const at = instantText(now);
  if (by.length < quorum) {
    const before = known?.state === undefined ? { id, title: word.title, kind: word.kind } : known;
    const changed = { ...before, proposed: { ...word, by, at } };
    work.write(memberAt(id), changed);
    return changed;
  }
  const changed = { ...kept(known), id, ...word, since: at };
  register(work, changed);
  if (word.accounts !== undefined) await placeAccounts(work, changed);
  if (successor !== undefined) succeed(work, successor, changed);
  return changed;
};

/** What no word of the government changes, whose holdings the member has, and what stays unless one says otherwise. */
function kept(known: Member | undefined): Pick<Member, 'inherits' | 'authority' | 'accounts'> {
  const { inherits, state, authority, accounts }: Partial<Member> = known ?? {};
  const isStanding = state !== undefined;
  return {
    ...(inherits !== undefined && { inherits }),
    ...(isStanding && authority !== undefined && { authority }),
    ...(isStanding && accounts !== undefined && { accounts }),
  };
}

/** @throws LedgerError MEMBER_INVALID unless what is said is what holds. */
function removedAlready(known: Member, { state, successor }: Word): Member {
  if (state === 'removed' && successor === known.successor) return known;
  throw invalid('state', 'This member was removed, and its holdings are its successor’s. It stays so.');
}

/** @returns the word with its certificate in the register's spelling. */
async function checked(work: UnitOfWork, id: string, known: Member | undefined, said: Word): Promise<Word> {
  const { authority, accounts: _accounts, ...rest } = said;
  const accounts = await accountsOf(work, id, said);
  const word = { ...rest, ...(accounts !== undefined && { accounts: [...accounts] }) };
  if (word.successor !== undefined && word.state !== 'removed')
    throw invalid('successor', 'Only a member that is removed has a successor.');
  if (known?.state !== undefined && known.kind !== word.kind)
    throw invalid(
      'kind',
      `The register has it as ${known.kind}. An organisation that does something else too is a member of its own for that.`,
    );
  if (authority === undefined) return word;
  if (known?.state !== undefined && known.authority === undefined)
    throw invalid('authority', 'This member has a node and an MSP of its own, which say who its people are.');
  const own = authorityIn(authority);
  await assertOwnAuthority(work, id, own);
  return { ...word, authority: own.authority };
}

function holds(known: Member, { state, title, authority, accounts }: Word): boolean {
  const isKept =
    (authority === undefined || known.authority === authority) &&
    (accounts === undefined || isSameList(known.accounts, accounts));
  return known.state === state && known.title === title && isKept;
}

function isSame(one: Word, other: Word): boolean {
  const parts = ['title', 'kind', 'state', 'authority', 'successor'] as const;
  return parts.every((part) => one[part] === other[part]) && isSameList(one.accounts, other.accounts);
}

/** Of lists in one order; one that is left out says something else than one without an entry. */
function isSameList(one: readonly string[] | undefined, other: readonly string[] | undefined): boolean {
  return one?.join('\n') === other?.join('\n');
}

function invalid(field: string, detail: string): LedgerError {
  return new LedgerError('MEMBER_INVALID', { detail, field });
}
