import type { LineTerms } from '../draws/draw.js';
import { LineRefusal } from '../draws/line-refusal.js';
import { placeOf, throwWorst } from '../draws/line-errors.js';
import type { PreparedClaim } from '../draws/prepare.js';
import type { DrawnLine } from '../draws/records.js';
import type { LineError } from '../errors.js';
import { findFact } from '../facts/find.js';
import { latestContent } from '../facts/latest.js';
import { factAt, type FactHead } from '../facts/records.js';
import { type Call, namesOf } from '../ledger/call.js';
import { splitCover } from '../rules/cover-allocation.js';
import { dateOf } from '../rules/dates.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import { type Presented, whyNotUnderCredit } from '../rules/letters-of-credit.js';

/** Whether a document is a letter of credit. */
export function isCredit({ type }: { readonly type: string }): boolean {
  return type === 'letter-of-credit';
}

/**
 * What a claim that is presented under letters of credit demands of each of them beyond its balance: it is in force, for
 * this bank, and for these goods.
 */
export async function termsOfCredit(
  call: Call,
  keys: Fingerprints,
  { lines }: Pick<PreparedClaim, 'lines'>,
): Promise<(head: FactHead) => Promise<LineTerms>> {
  const receivables = lines.filter(({ role }) => role === 'receivable');
  const heads = await Promise.all(receivables.map(({ key }) => findFact(call.work, keys, key)));
  const presented = await contentsOf(call, heads);
  return async (head) => {
    const code = await whyNot(call, head, presented);
    return code === undefined ? {} : { refused: { code } };
  };
}

/**
 * Asks again, before a claim is accepted, whether its letters of credit are still in force for it.
 *
 * @throws LedgerError with a reason for every credit that is not.
 */
export async function assertStillPresented(
  call: Call,
  claim: { readonly lines: readonly DrawnLine[] },
): Promise<void> {
  const credits = claim.lines.filter(({ document }) => isCredit(document));
  if (credits.length === 0) return;
  const read = (fact: string) => call.work.read(factAt(fact));
  const receivables = claim.lines.filter(({ role }) => role === 'receivable');
  const presented = await contentsOf(call, await Promise.all(receivables.map(({ fact }) => read(fact))));
  const failures: LineError[] = [];
  for (const line of credits) {
    const head = await read(line.fact);
    const code = head && (await whyNot(call, head, presented));
    if (code !== undefined) failures.push({ ...placeOf(claim, line), ...new LineRefusal(code).reason });
  }
  throwWorst(failures);
}

/** Each credit with the receivables that are presented under it: it is used, and freed, with them. */
export function withPresented(lines: readonly DrawnLine[]): DrawnLine[] {
  const receivables = lines.filter(({ role }) => role === 'receivable');
  const credits = lines.filter(({ document }) => isCredit(document));
  const every = receivables.map((_, place) => place);
  const split = splitCover(
    credits.map(({ amount }) => ({ amount, covers: every })),
    receivables.map(({ amount }) => amount),
  );
  return lines.map((line) => {
    const parts = split[credits.indexOf(line)];
    if (parts === undefined) return line;
    const covers = receivables.flatMap(({ fact }, place) => {
      const amount = parts[place] ?? 0n;
      return amount > 0n ? [{ fact, amount }] : [];
    });
    return { ...line, covers };
  });
}

async function contentsOf(
  { work }: Call,
  heads: readonly (FactHead | undefined)[],
): Promise<readonly Presented[]> {
  const known = heads.filter((head) => head !== undefined);
  return Promise.all(known.map((head) => latestContent(work, head)));
}

async function whyNot({ work, caller, now }: Call, head: FactHead, presented: readonly Presented[]) {
  const { letterOfCredit, buyer } = await latestContent(work, head);
  if (letterOfCredit === undefined) return undefined;
  return whyNotUnderCredit(letterOfCredit, buyer, presented, { banks: namesOf(caller), today: dateOf(now) });
}
