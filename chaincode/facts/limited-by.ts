import type { z } from 'zod';
import { factAt } from './records.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import type { Limit } from '../rules/evidence/limit.js';
import type { limitedBySchema } from '../schemas.js';

/** A person needs to see what to look at, not a list. */
const mostNamed = 10;

/** The documents that allow no more, by the numbers that are printed on them. */
export async function limitedByOf(
  work: UnitOfWork,
  { limitedBy: { family, documents } }: Pick<Limit, 'limitedBy'>,
): Promise<z.infer<typeof limitedBySchema>> {
  const heads = await Promise.all(documents.slice(0, mostNamed).map((fact) => work.read(factAt(fact))));
  return {
    family,
    documents: heads.flatMap((head) => (head ? [{ type: head.type, number: head.number }] : [])),
  };
}
