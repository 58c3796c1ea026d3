import { laidOn } from '../draws/laid-on.js';
import type { DrawnLine } from '../draws/records.js';
import { standingFor } from '../draws/standing.js';
import type { Call } from '../ledger/call.js';
import { fingerprints } from '../ledger/key-ring.js';
import { documentKey } from '../rules/document-keys.js';
import { loadUnderlying } from '../underlyings/load.js';
import type { Claim } from './records.js';

/**
 * A loan that was taken on may end while it waits for a document. It holds nothing then, so the document that comes finds
 * no draw of it and only takes over what it has used up. Whoever changes the claim later, as by taking back the repayment
 * that had ended it, changes it where its lines lie by then: on the document. What still waits is left as it is.
 */
export async function withWaitingLaid(call: Pick<Call, 'work' | 'now'>, claim: Claim): Promise<Claim> {
  let { lines } = claim;
  for (const line of claim.lines.filter(({ awaited }) => awaited)) {
    const laid = await onItsDocument(call, claim, line);
    if (laid === undefined) continue;
    lines = lines.map((one) => (one === line ? laid : following(one, line.fact, laid.fact)));
  }
  return lines === claim.lines ? claim : { ...claim, lines };
}

/** Cover follows the receivable that it is for to its document. */
export function following(line: DrawnLine, from: string, to: string): DrawnLine {
  if (line.covers === undefined) return line;
  return { ...line, covers: line.covers.map((one) => (one.fact === from ? { ...one, fact: to } : one)) };
}

/** The line as it lies on its document, once the trade in which it waited has become the document's. */
async function onItsDocument(
  call: Pick<Call, 'work' | 'now'>,
  { enterprise }: Claim,
  line: DrawnLine,
): Promise<DrawnLine | undefined> {
  const { rows } = await loadUnderlying(call.work, line.underlying);
  if (rows.some(({ fact }) => fact === line.fact)) return undefined;
  const key = documentKey(line.document, enterprise, 'document.');
  const keys = await fingerprints(call.work);
  const standing = await standingFor(call, keys, enterprise, { key, role: line.role });
  return standing && laidOn(call, standing, line);
}
