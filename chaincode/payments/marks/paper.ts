import { catalogue, joiningFamily } from '../../catalogue.js';
import { findFact } from '../../facts/find.js';
import { latestContent } from '../../facts/latest.js';
import type { FactHead, FactVersion } from '../../facts/records.js';
import type { UnitOfWork } from '../../ledger/unit-of-work.js';
import type { Consignment } from '../../rules/consignments.js';
import { linkText, memberNamed } from '../../rules/document-keys.js';
import type { Fingerprints } from '../../rules/fingerprints.js';
import { journeyOf } from '../../rules/journeys.js';
import { type FactType, factTypes } from '../../schemas.js';

type Cite = FactVersion['content']['cites'][number];

/** The types of carriers and warehouses, by their families. */
const transportTypes: ReadonlyMap<string, FactType> = new Map(
  factTypes.flatMap((type) => {
    const { section, family } = catalogue[type];
    return section === 'transport' ? [[family, type] as const] : [];
  }),
);

/** How many papers are followed upwards; a house bill of a house bill has two above it. */
const mostAbove = 20;

/** A paper of transport with everything that it cites, directly or through others. */
export async function consignmentOf(
  work: UnitOfWork,
  keys: Fingerprints,
  head: FactHead,
  content: FactVersion['content'],
): Promise<Consignment> {
  const direct = transportCites(content.cites);
  const above = new Map(direct.map((cite) => [cite.name, cite]));
  // A map that grows while it is walked: every paper is looked at once.
  for (const { type, issuer, number } of above.values()) {
    if (above.size >= mostAbove) break;
    const cited = await findFact(work, keys, { type, issuer, number });
    if (cited === undefined) continue;
    for (const further of transportCites((await latestContent(work, cited)).cites)) {
      if (!above.has(further.name)) above.set(further.name, further);
    }
  }
  return {
    fact: head.id,
    type: head.type,
    own: linkText(catalogue[head.type].family, head.issuer, head.number),
    cites: direct.map(({ name }) => name),
    above: [...above.keys()],
    journey: journeyOf(content),
  };
}

/** The papers of transport that a document cites itself, as far as they are recorded. */
export async function citedPapers(
  work: UnitOfWork,
  keys: Fingerprints,
  { cites }: FactVersion['content'],
): Promise<readonly FactHead[]> {
  const found = await Promise.all(
    transportCites(cites).map(({ type, issuer, number }) => findFact(work, keys, { type, issuer, number })),
  );
  return found.flatMap((head) => head ?? []);
}

function transportCites(cites: readonly Cite[]) {
  return cites.flatMap(({ type, number, issuer }) => {
    const family = joiningFamily[type];
    const as = family === undefined ? undefined : transportTypes.get(family);
    if (family === undefined || as === undefined) return [];
    const by = memberNamed(issuer);
    return [{ type: as, issuer: by, number, name: linkText(family, by, number) }];
  });
}
