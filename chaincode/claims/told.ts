import { type ErrorCode, errorTable, LedgerError, type LineError, mostSevere } from '../errors.js';
import { findFact } from '../facts/find.js';
import { latestContent } from '../facts/latest.js';
import { isVerified } from '../facts/proofs.js';
import type { Call } from '../ledger/call.js';
import { dateOf } from '../rules/dates.js';
import { exchange } from '../rules/exchange.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import { parseMoney } from '../rules/money.js';
import { names } from '../rules/parties.js';
import { parseQuantity } from '../rules/quantities.js';
import { assertCurrent } from '../rules/rates.js';
import type { PartyId } from '../schemas.js';
import { ratesOf } from '../underlyings/rates.js';
import type { PreparedLine } from '../draws/prepare.js';

/** Who draws on what, and which verifications they prove. */
interface Asked {
  readonly enterprise: PartyId;
  readonly lines: readonly PreparedLine[];
  readonly verified: readonly string[];
}

/**
 * Draws, and of a refusal tells those who have not verified a document no more than they know: a claim must not be a
 * cheaper verification. What is left stays untold; and where the document is not the applicant's, or less than was asked
 * for, it looks as if there were none.
 *
 * @throws LedgerError NOT_VERIFIED for such lines, whatever the reason.
 */
export async function toldToVerified<T>(
  call: Call,
  keys: Fingerprints,
  asked: Asked,
  draw: () => Promise<T>,
): Promise<T> {
  try {
    return await draw();
  } catch (error) {
    if (!(error instanceof LedgerError) || error.body.lines === undefined) throw error;
    const lines = await Promise.all(error.body.lines.map((line) => toldOf(call, keys, asked, line)));
    const worst = mostSevere(lines);
    throw worst === undefined ? error : new LedgerError(worst.code, { detail: worst.detail, lines });
  }
}

/** Whoever asks day by day would read when the document is paid, which is no part of its face. */
const ofDays: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['NO_INSTALMENT_DUE', 'EXCEEDS_INSTALMENTS']);

async function toldOf(
  call: Call,
  keys: Fingerprints,
  { enterprise, lines, verified }: Asked,
  failure: LineError,
): Promise<LineError> {
  const line = lines.find(({ list, index }) => list === failure.list && index === failure.line);
  if (line === undefined) throw new Error(`line ${failure.line} of ${failure.list} was not asked for`);
  const { list, line: place } = failure;
  const head = await findFact(call.work, keys, line.key);
  if (head !== undefined && isVerified(call, keys, head, verified)) return failure;
  const content = head && (await latestContent(call.work, head));
  const isKnown = content !== undefined && (await isWithin(call, enterprise, line, content));
  if (!isKnown || ofDays.has(failure.code)) {
    const code: ErrorCode = 'NOT_VERIFIED';
    return { list, line: place, code, detail: errorTable[code].sentence };
  }
  const { code, detail } = failure;
  return { list, line: place, code, detail };
}

/** Whether the document is the applicant's and states at least what is asked for: the face of it says no more. */
async function isWithin(
  { work, now }: Call,
  enterprise: PartyId,
  { minor, currency }: PreparedLine,
  { seller, total, quantity }: Awaited<ReturnType<typeof latestContent>>,
): Promise<boolean> {
  if (!names(seller, enterprise)) return false;
  if (quantity !== undefined) {
    const goods = parseQuantity(quantity, 'quantity');
    return goods.unit === currency && minor <= goods.minor;
  }
  if (total === undefined) return false;
  const stated = parseMoney(total, 'total', 'allow-zero');
  if (stated.currency === currency) return minor <= stated.minor;
  try {
    const rates = await ratesOf(work, [currency, stated.currency]);
    assertCurrent(rates, dateOf(now));
    return exchange(minor, currency, stated.currency, rates).minor <= stated.minor;
  } catch (error) {
    if (error instanceof LedgerError) return false;
    throw error;
  }
}
