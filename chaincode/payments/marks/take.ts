import { latestContent } from '../../facts/latest.js';
import { factAt, type FactHead, type FactVersion } from '../../facts/records.js';
import type { Payment } from '../records.js';
import { findFirst } from '../../ledger/find-first.js';
import type { UnitOfWork } from '../../ledger/unit-of-work.js';
import { type Consignment, namesOf, sameConsignment } from '../../rules/consignments.js';
import type { Fingerprints } from '../../rules/fingerprints.js';
import { consignmentOf } from './paper.js';
import { marksAt } from './records.js';

/**
 * Whether a paper, or another one that speaks of the same goods, backs a payment already. Papers are compared by what they
 * say, whoever's they are: trades of strangers are never one.
 *
 * @param counts whether the marks of a payment count; all do without it.
 */
export async function isTaken(
  work: UnitOfWork,
  keys: Fingerprints,
  head: FactHead,
  content: FactVersion['content'],
  counts: (payment: string) => Promise<boolean> = () => Promise.resolve(true),
): Promise<boolean> {
  const own = await consignmentOf(work, keys, head, content);
  const found = await marksUnder(work, keys, own);
  const facts = new Set<string>();
  for (const { payment, fact } of found) if (await counts(payment)) facts.add(fact);
  for (const fact of facts) {
    const other = await work.read(factAt(fact));
    if (other === undefined) throw new Error(`marked fact ${fact} is missing`);
    const marked = await consignmentOf(work, keys, other, await latestContent(work, other));
    if (sameConsignment(own, marked)) return true;
  }
  return false;
}

/**
 * Marks a paper under everything by which another one of the same goods would look for it. Whoever marks one of these at
 * the same time conflicts.
 *
 * @returns the names under which the mark lies, to take it away again whatever the paper says by then.
 */
export async function takePaper(
  work: UnitOfWork,
  keys: Fingerprints,
  head: FactHead,
  content: FactVersion['content'],
  payment: string,
): Promise<readonly string[]> {
  const own = await consignmentOf(work, keys, head, content);
  return Promise.all(
    namesOf(own).map(async (name) => {
      const ids = keys.candidates('mark', name);
      const known = (await findFirst(work, ids, marksAt)).record?.marks ?? [];
      work.write(marksAt(ids[0]), { marks: [...known, { payment, fact: head.id }] });
      return name;
    }),
  );
}

/** Takes the marks of a payment away. */
export async function freePapers(
  work: UnitOfWork,
  keys: Fingerprints,
  { id: payment, marks = [] }: Pick<Payment, 'id' | 'marks'>,
): Promise<void> {
  for (const name of new Set(marks)) {
    const { id, record } = await findFirst(work, keys.candidates('mark', name), marksAt);
    const left = (record?.marks ?? []).filter((one) => one.payment !== payment);
    work.write(marksAt(id), { marks: left });
  }
}

async function marksUnder(work: UnitOfWork, keys: Fingerprints, paper: Consignment) {
  const found = await Promise.all(
    namesOf(paper).map((name) => findFirst(work, keys.candidates('mark', name), marksAt)),
  );
  return found.flatMap(({ record }) => record?.marks ?? []);
}
