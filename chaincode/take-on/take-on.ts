import { claimVersions, type Claim } from '../claims/records.js';
import { writeClaim } from '../claims/write.js';
import type { RememberedRequest } from '../draws/records.js';
import { LedgerError } from '../errors.js';
import { eachItem } from '../ledger/batch.js';
import type { Call } from '../ledger/call.js';
import { parseWith } from '../ledger/input.js';
import { fingerprints } from '../ledger/key-ring.js';
import type { Verb } from '../ledger/verb.js';
import { canonicalJson } from '../rules/canonical-json.js';
import { dateOf } from '../rules/dates.js';
import { digest, type Fingerprints } from '../rules/fingerprints.js';
import { type BroughtClaim, type TakeOnLine, takeOnLineSchema } from './api.js';
import { matchClaim } from './match.js';
import { prepareLoan } from './prepare.js';
import { takenClaim } from './taken-claim.js';
import { openWindowOf } from './windows.js';

/**
 * A bank brings its book: every loan stands as a claim that is paid out, as it is, each with its own verdict. A line is
 * known by its bank and its reference: the same one again changes nothing, and matches documents that have come since.
 */
export const takeOn: Verb<'takeOn'> = async (call, { lines }) => {
  const keys = await fingerprints(call.work);
  return {
    items: await eachItem(call, lines, async (call, raw, index) => ({
      index,
      status: 'taken-on' as const,
      claim: await takeOnLine(call, keys, parseWith(takeOnLineSchema, raw)),
    })),
  };
};

async function takeOnLine(call: Call, keys: Fingerprints, line: TakeOnLine): Promise<BroughtClaim> {
  const { work, caller, now } = call;
  const window = await openWindowOf(call, caller.mspId);
  const owner = caller.mspId;
  const id = takenId(keys, owner, line);
  const known = await knownLoan(call, owner, id, line);
  if (known !== undefined) {
    const matched = brought(await matchClaim(call, keys, known));
    return work.writesNothing ? { ...matched, unchanged: true } : matched;
  }
  const loan = prepareLoan(line, window, dateOf(now));
  const claim = await takenClaim(call, keys, {
    id,
    owner,
    line,
    loan,
    window: window.number,
    request: requestFor(line),
    by: { mspId: owner, id: caller.person },
  });
  writeClaim(work, claim);
  return brought(claim);
}

function brought({ id, state, seq, lines }: Claim): BroughtClaim {
  return { id, state, seq, unmatched: lines.filter(({ awaited }) => awaited).length };
}

/** The claim of a loan follows from its bank and reference, in whatever spelling. */
export function takenId(
  keys: Fingerprints,
  owner: string,
  { reference }: Pick<TakeOnLine, 'reference'>,
): string {
  const [id] = keys.candidates('claim', `${owner}\ntake-on\n${spelled(reference)}`);
  return id;
}

/** Recognises a line that says the same again. */
export function requestFor(line: TakeOnLine): RememberedRequest {
  return { key: digest(`take-on\n${spelled(line.reference)}`), body: digest(canonicalJson(line)) };
}

/**
 * The claim that the line became when it was brought before, as it is now.
 *
 * @throws LedgerError TAKE_ON_REFERENCE_USED when the reference stands for another loan.
 */
export async function knownLoan(
  { work }: Pick<Call, 'work'>,
  owner: string,
  id: string,
  line: TakeOnLine,
): Promise<Claim | undefined> {
  if ((await work.read(claimVersions.line.at(id))) === undefined) return undefined;
  // Its first version is asked: a later one may have forgotten what made it.
  const first = await work.read(claimVersions.at(owner, id, 1));
  if (first === undefined || !isSame(first, requestFor(line))) {
    throw new LedgerError('TAKE_ON_REFERENCE_USED', { field: 'reference' });
  }
  return claimVersions.latest(work, owner, id);
}

function isSame({ requests }: Claim, { key, body }: RememberedRequest): boolean {
  return requests.some((one) => one.key === key && one.body === body);
}

function spelled(reference: string): string {
  return reference.normalize('NFKC').replace(/\s/gu, '').toUpperCase();
}
