import { randomInt } from 'node:crypto';
import { signIn } from '../rest/client.js';
import { at } from '../rest/json.js';
import type { StackDescription } from '../stack/description.js';
import { type CpuSeconds, readCpu } from './cpu.js';
import { documents, sendLines } from './past.js';

/** What it costs to bring a book in a take-on window. */
export interface TakeOnFigure {
  readonly lines: number;
  readonly seconds: number;
  /** CPU seconds of the parts of the consortium, while the book came. */
  readonly cpu: Pick<CpuSeconds, 'gateways' | 'chaincode' | 'peers'>;
}

/**
 * Records so many documents, opens a window and brings a loan on each of them; and then the same file once more, as a bank does
 * whose load was cut short at its end.
 *
 * @throws Error when a line is refused.
 */
export async function measureTakeOn(
  stack: StackDescription,
  lines: number,
): Promise<readonly [first: TakeOnFigure, again: TakeOnFigure]> {
  const papers = documents(lines);
  await sendLines(await signIn(stack, 'CustomsMSP', 'officer'), '/facts/import', papers);
  await openWindow(stack);
  const approver = await signIn(stack, 'BankAMSP', 'approver');
  const from = randomInt(1e9);
  const book = papers.map(({ number, seller: { scheme, id }, total }, index) => ({
    reference: `BENCH-${from}-${index}`,
    enterprise: { scheme, id },
    product: 'invoice',
    amount: total,
    outstanding: total,
    lines: [{ document: { type: 'customs-declaration', number }, amount: total, total }],
    paidOutOn: daysFromNow(-200),
    dueDate: daysFromNow(100),
  }));
  const measure = async (): Promise<TakeOnFigure> => {
    const before = readCpu(stack);
    const seconds = await sendLines(approver, '/take-on', book);
    const after = readCpu(stack);
    const used = (part: keyof TakeOnFigure['cpu']) => after[part] - before[part];
    const cpu = { gateways: used('gateways'), chaincode: used('chaincode'), peers: used('peers') };
    return { lines, seconds, cpu };
  };
  return [await measure(), await measure()];
}

async function openWindow(stack: StackDescription): Promise<void> {
  const officer = await signIn(stack, 'RegulatorMSP', 'officer');
  const terms = { cutOff: daysFromNow(0), until: daysFromNow(30), banks: ['BankAMSP'] };
  const proposed = await officer.post('/take-on/windows', terms);
  const approver = await signIn(stack, 'RegulatorMSP', 'approver');
  const opened = await approver.post(`/take-on/windows/${Number(at(proposed.body, 'number'))}/opening`, {});
  if (opened.status !== 200) throw new Error(`The window was not opened: ${JSON.stringify(opened.body)}`);
}

function daysFromNow(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
