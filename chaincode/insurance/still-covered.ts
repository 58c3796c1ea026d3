import { placeOf, throwWorst } from '../draws/line-errors.js';
import { errorTable, type LineError } from '../errors.js';
import type { Claim } from '../claims/records.js';
import { factAt } from '../facts/records.js';
import type { Call } from '../ledger/call.js';
import { fingerprints } from '../ledger/key-ring.js';
import { documentKey } from '../rules/document-keys.js';
import type { CoverRefusal } from '../rules/cover.js';
import { termsOfCover } from './cover.js';

type Line = Claim['lines'][number];

/**
 * Whether an insured claim that was reserved could be reserved today, as far as its cover goes: days pass between the
 * two, and the insurer may have ended what the bank was told of. What it holds of the balances is not counted again.
 *
 * @returns how much of its document each line may draw.
 * @throws LedgerError the most severe reason, with one for every line that has lost its cover.
 */
export async function assertCovered(call: Call, claim: Claim): Promise<(line: Line) => bigint | undefined> {
  const { enterprise } = claim;
  const covered = claim.lines.map((line) => ({
    line,
    role: line.role,
    key: documentKey(line.document, enterprise, 'document.'),
    minor: line.amount,
  }));
  const termsOf = await termsOfCover(call, await fingerprints(call.work), { enterprise, lines: covered });
  const failures: LineError[] = [];
  for (const part of covered) {
    const refused = (await whyCancelled(call, part.line)) ?? termsOf(part).refused;
    if (refused !== undefined) failures.push({ ...placeOf(claim, part.line), ...withDetail(refused) });
  }
  throwWorst(failures);
  const shares = new Map(covered.map((part) => [part.line, termsOf(part).share]));
  return (line) => shares.get(line);
}

/** A receivable that is taken back leaves its claims overdrawn; cover that is taken back is none. */
async function whyCancelled({ work }: Call, { role, fact }: Line): Promise<CoverRefusal | undefined> {
  if (role !== 'cover') return undefined;
  const head = await work.read(factAt(fact));
  return head?.status === 'cancelled' ? { code: 'FACT_CANCELLED' } : undefined;
}

function withDetail({
  code,
  detail = errorTable[code].sentence,
}: CoverRefusal): Pick<LineError, 'code' | 'detail'> {
  return { code, detail };
}
