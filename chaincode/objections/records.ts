import { z } from 'zod';
import { rememberedRequest } from '../draws/records.js';
import { recordKind, storedPerson } from '../ledger/records.js';
import { GovernedVersions } from '../ledger/versions.js';
import { objectionViewSchema, type ObjectionView } from './api.js';

const objectionShape = z.strictObject({
  ...objectionViewSchema.shape,
  /** The document as a fact; in a party's copy too, which shows nothing that its own records do not. */
  fact: z.string(),
  /** Where the exporter whose trade it is reads of it: its account at the portal. */
  account: z.string().optional(),
  by: storedPerson.optional(),
  requests: z.array(rememberedRequest),
});
export type Objection = z.infer<typeof objectionShape>;
/** One version of an objection, never overwritten. */
export const objection = recordKind('objection', 'OJ', objectionShape);

/** The whole with the government nodes, and of each party its copy, with what it may know. */
export const objectionVersions = new GovernedVersions('objection', objection);

/** An objection without what only the ledger needs. */
export function objectionView({
  fact: _fact,
  account: _account,
  by: _by,
  requests: _requests,
  ...view
}: Objection): ObjectionView {
  return view;
}

/**
 * What a party may know: the objector not who holds, a holder not which bank objects, nor what others answer. The exporter
 * knows its banks and reads what they answer, and not which bank objects. The authority that has to set its document right
 * learns why, and not who lends on it.
 *
 * @param isPortal whether it is the exporter's.
 */
export function copyFor(one: Objection, mspId: string, isPortal: boolean): Objection {
  const { by: _by, holders: _holders, authority, answers, objector, ...others } = one;
  const rest = { ...others, ...(authority === mspId && { authority }) };
  const isObjector = mspId === objector;
  if (!isObjector && isPortal) {
    return { ...rest, requests: [], answers, ...(one.raisedBy !== 'bank' && { objector }) };
  }
  return {
    ...rest,
    requests: [],
    ...((isObjector || one.raisedBy !== 'bank') && { objector }),
    answers: isObjector
      ? answers.map(({ bank: _bank, ...answer }) => answer)
      : answers.filter(({ bank }) => bank === mspId),
  };
}
