import type { FactInput } from '@pledgeonce/chaincode/api.js';
import type { Answer, Json } from '../rest/client.js';
import { listAt, textAt } from '../rest/json.js';
import type { Bank } from './cast.js';
import { type checkOf, offshorePayment } from './offshore-papers.js';
import { usd } from './payment-papers.js';
import { short } from './record.js';
import { expectStatus, expectThat } from './teller.js';

/** What the goods of the story cost. */
export const price = usd('84000.00');

/** A bank has papers compared with the record; returns the report. @throws Unexpected */
export async function check({ officer }: Bank, body: ReturnType<typeof checkOf>): Promise<Json> {
  return expectStatus(await officer.post('/offshore-checks', body), 201).body;
}

/** A bank pays on a paper and quotes the report. */
export function payOn(
  { officer }: Bank,
  report: Json,
  paper: Pick<FactInput, 'type' | 'number'>,
): Promise<Answer> {
  return officer.post('/payments', offshorePayment(textAt(report, 'id'), [paper], price));
}

/** @throws Unexpected unless the report says this, and one that is inconsistent says so in this dimension only. */
export function expectVerdict(report: Json, verdict: string, dimension?: string): void {
  const wrong = listAt(report, 'dimensions').filter((one) => one['verdict'] === 'inconsistent');
  expectThat(
    report['verdict'] === verdict &&
      (dimension === undefined || wrong.map((one) => one['dimension']).join() === dimension),
    `The report should say ${verdict}: ${JSON.stringify(report)}`,
  );
}

/** The verdicts of a report, for the screen. */
export function summary(report: Json): string {
  const lines = listAt(report, 'dimensions').map(
    ({ dimension, verdict, reasons }) =>
      `${String(dimension).padEnd(11)}${String(verdict)}, ${(reasons as readonly string[]).length} comparisons`,
  );
  return [`${textAt(report, 'verdict')}, report ${short(textAt(report, 'id'))}`, ...lines].join('\n');
}

/** What speaks against a dimension, or leaves it open. */
export function reasonsFor(report: Json, dimension: string): string {
  const found = listAt(report, 'dimensions').find((one) => one['dimension'] === dimension);
  const reasons = (found?.['reasons'] ?? []) as readonly string[];
  return reasons.filter((reason) => / not |nobody/.test(reason)).join(' ');
}
