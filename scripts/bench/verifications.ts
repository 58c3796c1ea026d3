import { signIn } from '../rest/client.js';
import { at, listAt } from '../rest/json.js';
import type { StackDescription } from '../stack/description.js';
import { type CpuSeconds, readCpu } from './cpu.js';
import { documents, sendLines } from './past.js';

/** What it costs to verify many documents in one request. */
export interface VerificationFigure {
  readonly documents: number;
  /** Whether a receipt with the nodes' signatures was asked for. */
  readonly receipt: boolean;
  readonly seconds: number;
  /** CPU seconds of the parts of the consortium meanwhile. */
  readonly cpu: Pick<CpuSeconds, 'gateways' | 'chaincode' | 'peers'>;
}

/**
 * Records so many declarations and has a bank verify them all in one batch, without a receipt and with one.
 *
 * @throws Error when a verdict is not `match`.
 */
export async function measureVerifications(
  stack: StackDescription,
  count: number,
): Promise<readonly VerificationFigure[]> {
  const papers = documents(count);
  await sendLines(await signIn(stack, 'CustomsMSP', 'officer'), '/facts/import', papers);
  const officer = await signIn(stack, 'BankAMSP', 'officer');
  const asked = papers.map(({ type, number, seller: { scheme, id }, total }) => ({
    document: { type, number },
    particulars: { enterprise: { scheme, id }, total },
  }));
  const figures: VerificationFigure[] = [];
  for (const receipt of [false, true]) {
    const [before, from] = [readCpu(stack), performance.now()];
    const { status, body } = await officer.post('/verifications/batch', { documents: asked, receipt });
    const seconds = (performance.now() - from) / 1000;
    const after = readCpu(stack);
    const matches = status === 200 ? listAt(body, 'items').filter(isMatch).length : 0;
    if (matches !== count)
      throw new Error(`${matches} of ${count} match: ${JSON.stringify(body).slice(0, 500)}`);
    const used = (part: keyof VerificationFigure['cpu']) => after[part] - before[part];
    const cpu = { gateways: used('gateways'), chaincode: used('chaincode'), peers: used('peers') };
    figures.push({ documents: count, receipt, seconds, cpu });
  }
  return figures;
}

function isMatch(item: object): boolean {
  return at(item, 'verification.result') === 'match';
}
