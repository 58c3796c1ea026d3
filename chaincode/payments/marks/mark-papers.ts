import { type ErrorCode, errorTable, LedgerError, type LineError, mostSevere } from '../../errors.js';
import type { PreparedClaim, PreparedLine } from '../../draws/prepare.js';
import { findFact } from '../../facts/find.js';
import { latestContent } from '../../facts/latest.js';
import type { Call } from '../../ledger/call.js';
import { type Payment, paymentVersions } from '../records.js';
import type { Fingerprints } from '../../rules/fingerprints.js';
import { partyText } from '../../rules/parties.js';
import type { PartyId } from '../../schemas.js';
import { type CheckedInvoice, holdAgainst, leftOfInvoice } from './invoice.js';
import { isPayerOf, type Paper } from './payer.js';
import { isTaken, takePaper } from './take.js';

/** A payment that is about to be marked. */
interface Marking {
  readonly id: string;
  readonly prepared: PreparedClaim;
  readonly invoice: CheckedInvoice;
}

/**
 * Marks the papers of an offshore trade: each has to do with the payer and backs no other sale, and all of them together,
 * in however many instalments, no more than the invoice states.
 *
 * @throws LedgerError with a reason for every line that fails; EXCEEDS_INVOICE.
 */
export async function markPapers(
  call: Call,
  keys: Fingerprints,
  { id, prepared, invoice }: Marking,
): Promise<Pick<Payment, 'marks' | 'heldAgainst'>> {
  const { work } = call;
  const { enterprise, amount, lines } = prepared;
  const papers = await Promise.all(
    lines.map(async (line) => {
      const head = await findFact(work, keys, line.key, `${line.list}.${line.index}.document.issuer`);
      return head && { line, head, content: await latestContent(work, head) };
    }),
  );
  // What is not recorded, or has been cancelled, is refused with its own reason when the lines are drawn.
  const known = papers.flatMap((paper) => (paper?.head.status === 'cancelled' ? [] : (paper ?? [])));
  const failures: LineError[] = [];
  for (const { line, ...paper } of known) {
    const code = await whyNot(call, keys, { id, invoice, paper, payer: enterprise });
    if (code !== undefined) failures.push(failureOf(line, code));
  }
  const worst = mostSevere(failures);
  if (worst !== undefined) throw new LedgerError(worst.code, { detail: worst.detail, lines: failures });
  const marks: string[] = [];
  for (const { head, content } of known) marks.push(...(await takePaper(work, keys, head, content, id)));
  return { marks, heldAgainst: await holdAgainst(call, keys, invoice, id, amount) };
}

async function whyNot(
  call: Call,
  keys: Fingerprints,
  { id, invoice, paper, payer }: Pick<Marking, 'id' | 'invoice'> & { paper: Paper; payer: PartyId },
): Promise<ErrorCode | undefined> {
  const { work } = call;
  if (!(await isPayerOf(work, keys, paper, payer, invoice))) return 'PAYER_NOT_NAMED';
  const counts = async (payment: string) =>
    payment !== id && !(await isInstalment(call, keys, { payment, invoice, payer }));
  return (await isTaken(work, keys, paper.head, paper.content, counts)) ? 'ALREADY_MARKED' : undefined;
}

/**
 * Whether an earlier payment of this bank for this payer was held against the same invoice, and something of that is left:
 * then this one is a further instalment of one sale.
 */
async function isInstalment(
  { work, caller }: Call,
  keys: Fingerprints,
  { payment, invoice, payer }: Pick<Marking, 'invoice'> & { payment: string; payer: PartyId },
): Promise<boolean> {
  const earlier = await paymentVersions.latest(work, caller.mspId, payment);
  const { text, left } = await leftOfInvoice({ work }, keys, invoice);
  return left > 0n && earlier?.heldAgainst === text && partyText(earlier.payer) === partyText(payer);
}

function failureOf({ list, index }: PreparedLine, code: ErrorCode): LineError {
  return { list, line: index, code, detail: errorTable[code].sentence };
}
