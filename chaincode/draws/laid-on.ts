import type { Call } from '../ledger/call.js';
import { LineRefusal } from './line-refusal.js';
import type { DrawnLine } from './records.js';
import { lineOn, type Standing } from './standing.js';

/** The waiting line as it lies on the document; undefined where the two cannot be compared at present. */
export async function laidOn(
  call: Pick<Call, 'work' | 'now'>,
  standing: Standing,
  line: DrawnLine,
): Promise<DrawnLine | undefined> {
  try {
    const { amount: minor, currency, role } = line;
    const whole = await lineOn(call, standing, { role, minor, currency });
    const part = (own: bigint) => (whole.drawn * own + line.drawn - 1n) / line.drawn;
    const { outstanding, covers, priced } = line;
    return {
      ...whole,
      document: { ...line.document, issuer: line.document.issuer ?? standing.issuer },
      outstanding,
      held: part(line.held),
      ...(line.consumed !== undefined && { consumed: part(line.consumed) }),
      ...(covers && { covers }),
      ...(priced !== undefined && { priced }),
    };
  } catch (error) {
    if (error instanceof LineRefusal) return undefined;
    throw error;
  }
}
