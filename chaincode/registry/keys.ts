import { LedgerError } from '../errors.js';
import { keyRetirementAt, keyRingAt } from '../ledger/key-ring.js';
import type { Verb } from '../ledger/verb.js';
import type { Member } from '../members/api.js';
import { assertOwnAuthority, authorityIn, register } from '../members/authorities.js';
import { accountsOf, placeAccounts } from '../members/portals.js';
import { authorityAt } from '../members/records.js';
import { instantText } from '../rules/dates.js';

/** Every key in use is tried for every look-up, so their number is limited. */
const mostKeys = 5;
/** Of the three government organisations, as many as endorse every transaction. */
const quorum = 2;

/**
 * The regulator gives the registry its fingerprint key, once, and says who is a member from the beginning, and which accounts
 * further portals serve.
 *
 * @throws LedgerError ALREADY_INITIALISED; MEMBER_INVALID of an authority that cannot be a member's own, and of accounts that
 *   it cannot serve.
 */
export const initialise: Verb<'initialise'> = async ({ work, reads, now }, { fingerprintKey, members }) => {
  if ((await work.read(keyRingAt)) !== undefined) throw new LedgerError('ALREADY_INITIALISED');
  const key = { key: fingerprintKey, number: 1, since: instantText(now) };
  work.write(keyRingAt, { keys: [key], first: fingerprintKey });
  const authorities = new Map(
    members.flatMap(({ id, authority }) =>
      authority === undefined ? [] : [[id, authorityIn(authority)] as const],
    ),
  );
  // In one message, of which there would be one for each of hundreds.
  await reads.together(() =>
    Promise.all([...authorities.values()].map(({ identifier }) => reads.read(authorityAt(identifier)))),
  );
  for (const { authority: _stated, accounts: said, ...member } of members) {
    const own = authorities.get(member.id);
    if (own !== undefined) await assertOwnAuthority(work, member.id, own);
    const accounts = await accountsOf(work, member.id, { ...member, accounts: said });
    const registered: Member = {
      ...member,
      ...(own !== undefined && { authority: own.authority }),
      ...(accounts !== undefined && { accounts: [...accounts] }),
      state: 'admitted',
      since: instantText(now),
    };
    register(work, registered, own?.identifier);
    if (accounts !== undefined) await placeAccounts(work, registered);
  }
  return {};
};

/**
 * The regulator replaces the fingerprint key. What was recorded under the old one is still found, and gets its id under the
 * new one in the background.
 */
export const rotateFingerprintKey: Verb<'rotateFingerprintKey'> = async (
  { work, now },
  { fingerprintKey },
) => {
  const ring = await work.read(keyRingAt);
  const [newest] = ring?.keys ?? [];
  if (ring === undefined || newest === undefined) throw new LedgerError('NOT_INITIALISED');
  if (ring.keys.length >= mostKeys) throw new LedgerError('TOO_MANY_KEYS');
  const key = { key: fingerprintKey, number: newest.number + 1, since: instantText(now) };
  work.write(keyRingAt, { ...ring, keys: [key, ...ring.keys] });
  return {};
};

/**
 * A government organisation says that everything found under keys before this number is found under a newer one too, as
 * far as its own blocks tell. Once a second one says so the keys are no longer in use: one alone could hide documents by
 * saying it too early. Doing it again changes nothing.
 */
export const retireFingerprintKeys: Verb<'retireFingerprintKeys'> = async ({ work, caller }, { before }) => {
  const ring = await work.read(keyRingAt);
  const [newest] = ring?.keys ?? [];
  if (ring === undefined || newest === undefined) throw new LedgerError('NOT_INITIALISED');
  const kept = ring.keys.filter(({ number }) => number >= before);
  const inUse = ring.keys.length;
  if (before > newest.number || kept.length === inUse) return { inUse };
  const stated = await work.read(keyRetirementAt);
  const others = stated?.before === before ? stated.by : [];
  if (others.includes(caller.mspId)) return { inUse };
  const by = [...others, caller.mspId];
  work.write(keyRetirementAt, { before, by });
  if (by.length < quorum) return { inUse };
  work.write(keyRingAt, { ...ring, keys: kept });
  return { inUse: kept.length };
};
