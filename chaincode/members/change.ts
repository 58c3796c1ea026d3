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
 * @throws LedgerError MEMBER_INVALID of the government nodes, which are no members by anybody's leave, and of a member that
 *   would become something else: what it recorded was recorded as what it is.
 */
export const changeMember: Verb<'changeMember'> = async (
  { work, caller, now },
  { id, title, kind, state },
) => {
  if (government.includes(id)) throw new LedgerError('MEMBER_INVALID', { field: 'id' });
  const known = await work.read(memberAt(id));
  if (known?.state !== undefined && known.kind !== kind)
    throw new LedgerError('MEMBER_INVALID', {
      detail: `The register has it as ${known.kind}. An organisation that does something else too is a member of its own for that.`,
      field: 'kind',
    });
  if (known?.state === state && known.title === title) return known;
  const { proposed } = known ?? {};
  const isSame = proposed?.state === state && proposed.title === title && proposed.kind === kind;
  const others = isSame ? proposed.by : [];
  if (known !== undefined && others.includes(caller.mspId)) return known;
  const by = [...others, caller.mspId];
  const at = instantText(now);
  const standing = known?.state === undefined ? { id, title, kind } : known;
  const changed =
    by.length < quorum
      ? { ...standing, proposed: { title, kind, state, by, at } }
      : { id, title, kind, state, since: at };
  work.write(memberAt(id), changed);
  return changed;
};
