import type { Client } from '../rest/client.js';
import { listAt } from '../rest/json.js';
import type { ShiftedConsortium } from '../stack/shifted-consortium.js';
import { post } from './http.js';
import { claimOn, Field, verdictsOf } from './growth/field.js';

/** What became of claims whose reservations expired at the same time, while the consortium was down. */
export interface DueFigure {
  readonly claims: number;
  /** From the moment at which everybody was ready again. */
  readonly seconds: number;
  /** That wrote it, of all gateways together. */
  readonly transactions: number;
  /** What a list took meanwhile, the slowest of all that were asked for one after the other. */
  readonly slowestMs: number;
}

const perBatch = 100;
/** The gateways look once a minute; thousands may take several rounds. */
const patienceMs = 30 * 60_000;

/** Reserves so many claims, a quarter of them first, lets their time run out, and watches. */
export async function measureDue(
  consortium: ShiftedConsortium,
  claims: number,
  report: (line: string) => void,
): Promise<readonly DueFigure[]> {
  const figures: DueFigure[] = [];
  let days = 0;
  for (const count of [Math.round(claims / 4), claims]) {
    report(`${count} claims: reserving …`);
    await reserve(new Field(await consortium.at(days)), count, consortium.dateIn(60));
    days += 4;
    report(`${count} claims: four days later …`);
    const field = new Field(await consortium.at(days));
    figures.push({ claims: count, ...(await untilOver(await field.person('BankAMSP'))) });
  }
  return figures;
}

async function reserve(field: Field, count: number, dueDate: string): Promise<void> {
  const seller = field.seller();
  const officer = await field.person('BankAMSP');
  for (let there = 0; there < count; there += perBatch) {
    const facts = Array.from({ length: Math.min(perBatch, count - there) }, () => field.declaration(seller));
    await field.record('CustomsMSP', facts);
    const batch = facts.map((fact) => ({ ...claimOn([fact], '1.00'), dueDate }));
    const { status, text } = await post(officer, '/claims/batch', { claims: batch });
    const { reserved } = verdictsOf(text);
    if (reserved !== facts.length)
      throw new Error(`${reserved} were reserved: ${status} ${text.slice(0, 300)}`);
  }
}

async function untilOver(officer: Client): Promise<Omit<DueFigure, 'claims'>> {
  const begun = performance.now();
  let slowestMs = 0;
  while (performance.now() - begun < patienceMs) {
    const asked = performance.now();
    const { body } = await officer.get('/claims?state=reserved&limit=1');
    slowestMs = Math.max(slowestMs, performance.now() - asked);
    if (listAt(body, 'items').length === 0) {
      const seconds = (performance.now() - begun) / 1000;
      return { seconds, transactions: await swept(officer), slowestMs };
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('Not all reservations are over.');
}

/** Transactions that swept claims, as the gateways of one process count them. */
async function swept({ url }: Client): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return [...text.matchAll(/^pledgeonce_transactions_total\{[^}]*function="sweepClaims"[^}]*\} (\d+)/gm)]
    .map(([, count]) => Number(count))
    .reduce((sum, count) => sum + count, 0);
}
