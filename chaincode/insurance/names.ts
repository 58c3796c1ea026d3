import { catalogue, isRecordersNumber, joiningFamily } from '../catalogue.js';
import { findFact } from '../facts/find.js';
import { latestContent } from '../facts/latest.js';
import type { FactHead, FactVersion } from '../facts/records.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import { linkText, memberNamed } from '../rules/document-keys.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import { partyText } from '../rules/parties.js';
import { type FactType, factTypes, type Party, type PartyId } from '../schemas.js';

type Content = FactVersion['content'];
type Cite = Content['cites'][number];

/** Families of which a shipment may be: the sale itself, under any of its papers. */
const families: ReadonlySet<string> = new Set(['declaration', 'invoice', 'declared-shipment']);

/** A party by each id that the paper states. */
export function idsOf({ scheme, id, otherIds = [] }: Party): readonly string[] {
  return [{ scheme, id }, ...otherIds].map(partyText);
}

/** Under which names a shipment may speak of a receivable: its own, and what its authority says that it cites. */
export function receivableNames(head: FactHead, content: Content): readonly string[] {
  return [ownName(head), ...believedCites(head, content)];
}

/**
 * The papers of which a shipment is: those that the insurer says it cites, and what the authorities of those say that they
 * cite. What an enterprise records itself joins nothing here: it could claim any shipment for any invoice.
 */
export async function shipmentNames(
  work: UnitOfWork,
  keys: Fingerprints,
  head: FactHead,
  content: Content,
): Promise<readonly string[]> {
  const own = believedCites(head, content);
  const further = await Promise.all(
    content.cites.map(async (cite) => {
      if (!isRecorded(cite) || !families.has(catalogue[cite.type].family)) return [];
      const key = { type: cite.type, issuer: citedIssuer(cite, head.seller), number: cite.number };
      const cited = await findFact(work, keys, key);
      if (cited === undefined || cited.status === 'cancelled') return [];
      return believedCites(cited, await latestContent(work, cited));
    }),
  );
  return [...new Set([ownName(head), ...own, ...further.flat()])];
}

/** A paper says which it cites by the number: which member gave it, it need not know. */
function ownName({ type, issuer, number }: FactHead): string {
  return linkText(catalogue[type].family, isRecordersNumber(type) ? undefined : issuer, number);
}

function believedCites({ self, seller }: FactHead, { cites }: Content): readonly string[] {
  if (self) return [];
  return cites.flatMap((cite) => {
    const family = joiningFamily[cite.type];
    if (family === undefined || !families.has(family)) return [];
    const issuer = isRecordersNumber(cite.type) ? undefined : citedIssuer(cite, seller);
    return [linkText(family, issuer, cite.number)];
  });
}

function citedIssuer({ type, issuer }: Cite, seller: PartyId): PartyId | undefined {
  return isRecordersNumber(type) ? memberNamed(issuer) : (issuer ?? seller);
}

function isRecorded(cite: Cite): cite is Cite & { readonly type: FactType } {
  return factTypes.some((type) => type === cite.type);
}
