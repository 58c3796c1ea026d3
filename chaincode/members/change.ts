import { LedgerError } from '../errors.js';
import type { Verb } from '../ledger/verb.js';
import { governmentMsps } from '../roles.js';
import { instantText } from '../rules/dates.js';
import { memberAt } from './records.js';

/** Of the three government organisations, as many as endorse every transaction. */
const quorum = 2;
const government: readonly string[] = governmentMsps;

/**
 * An approver of a government organisation says that an organisation is a member, or is suspended. It holds as soon as an
 * approver of a second one has said the same; another word in between takes the place of the first. Saying again what one
 * has said, or what holds already, changes nothing.
 *
 * @throws LedgerError MEMBER_INVALID of the government nodes, which are no members by anybody's leave.
 */
export const changeMember: Verb<'changeMember'> = async ({ work, caller, now }, { id, title, state }) => {
  if (government.includes(id)) throw new LedgerError('MEMBER_INVALID', { field: 'id' });
  const known = await work.read(memberAt(id));
  if (known?.state === state && known.title === title) return known;
  const { proposed } = known ?? {};
  const others = proposed?.state === state && proposed.title === title ? proposed.by : [];
  if (known !== undefined && others.includes(caller.mspId)) return known;
  const by = [...others, caller.mspId];
  const at = instantText(now);
  const changed =
    by.length < quorum
      ? { ...(known ?? { id, title }), proposed: { title, state, by, at } }
      : { id, title, state, since: at };
  work.write(memberAt(id), changed);
  return changed;
};
