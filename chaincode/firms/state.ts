import type { PartyId } from '../api.js';
import { LedgerError } from '../errors.js';
import { fingerprints } from '../ledger/key-ring.js';
import type { Verb } from '../ledger/verb.js';
import { firmIdAt } from './records.js';
import { findFirst } from '../ledger/find-first.js';
import { canonicalParty, partyText } from '../rules/parties.js';
import { limits } from '../schemas.js';
import { firmIds, idsOf } from './firm-of.js';

/**
 * The regulator states that several registered ids are one firm, also of firms that were two until now. From then on
 * their documents are one seller's; those that are recorded already are linked anew by `relinkFacts`.
 */
export const stateFirm: Verb<'stateFirm'> = async ({ work }, { ids }) => {
  const keys = await fingerprints(work);
  const given = ids.map((id, index) => canonicalParty(id, `ids.${index}`));
  const known = await Promise.all(given.map((id) => idsOf(work, keys, id)));
  const all = [...new Map(known.flat().map((id) => [partyText(id), id])).values()];
  const [firm] = all;
  if (firm === undefined || all.length > limits.idsPerFirm)
    throw new LedgerError('TOO_MANY_IDS', { field: 'ids' });
  for (const id of all) {
    const place = await findFirst(work, firmIds(keys, id), firmIdAt);
    work.write(firmIdAt(place.id), { firm, ...(isSame(id, firm) && { ids: all }) });
  }
  return { firm, ids: all };
};

/** The directory's word on one registered id, for the regulator. */
export const readFirm: Verb<'readFirm'> = async ({ work }, { id }) => {
  const keys = await fingerprints(work);
  const ids = await idsOf(work, keys, canonicalParty(id, 'id'));
  const [firm] = ids;
  if (firm === undefined) throw new Error('a firm without an id');
  return { firm, ids };
};

function isSame(one: PartyId, other: PartyId): boolean {
  return partyText(one) === partyText(other);
}
