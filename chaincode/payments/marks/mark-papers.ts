import { type ErrorCode, errorTable, LedgerError, type LineError, mostSevere } from '../../errors.js';
import type { PreparedClaim, PreparedLine } from '../../draws/prepare.js';
import { findFact } from '../../facts/find.js';
import { latestContent } from '../../facts/latest.js';
import type { Call } from '../../ledger/call.js';
import type { Payment } from '../records.js';
import type { Fingerprints } from '../../rules/fingerprints.js';
import type { PartyId } from '../../schemas.js';
import { type CheckedInvoice, holdAgainst } from './invoice.js';
import { isPayerOf, type Paper } from './payer.js';
import { isTaken, takePaper } from './take.js';

/** A payment that is about to be marked. */
interface Marking {
  readonly id: string;
  readonly prepared: PreparedClaim;
  readonly invoice: CheckedInvoice;
}

/**
 * Marks the papers of an offshore trade: each has to do with the payer and backs no other payment, and all of them together
 * no more than the invoice states.
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
      const head = await findFact(work, keys, line.key);
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
  { work }: Call,
  keys: Fingerprints,
  { id, invoice, paper, payer }: Pick<Marking, 'id' | 'invoice'> & { paper: Paper; payer: PartyId },
): Promise<ErrorCode | undefined> {
  if (!(await isPayerOf(work, keys, paper, payer, invoice))) return 'PAYER_NOT_NAMED';
  return (await isTaken(work, keys, paper.head, paper.content, id)) ? 'ALREADY_MARKED' : undefined;
}

function failureOf({ list, index }: PreparedLine, code: ErrorCode): LineError {
  return { list, line: index, code, detail: errorTable[code].sentence };
}
