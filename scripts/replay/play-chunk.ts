import { importFacts, counted } from '../story/import.js';
import { post } from '../bench/http.js';
import { inParallel } from '../bench/in-parallel.js';
import type { Client } from '../rest/client.js';
import { listAt, textAt } from '../rest/json.js';
import { claimOf, declarationOf, financingsIn, keyOf, perChunk, type Plan } from './plan.js';

/** Who plays a replay: an authority that records, and banks that lend in turn. */
export interface Players {
  readonly customs: Client;
  readonly banks: readonly { readonly officer: Client; readonly approver: Client }[];
}

/** Requests of one chunk that are under way at once. */
const width = 32;

/**
 * Plays the financings of a chunk through their life: recorded, reserved, accepted, paid out, paid back. What was played
 * before is answered as it was then, and changes nothing.
 *
 * @throws Error when something is refused: a replay holds nothing that may be.
 */
export async function playChunk(plan: Plan, chunk: number, { customs, banks }: Players): Promise<void> {
  const financings = financingsIn(plan, chunk);
  const bank = banks[chunk % banks.length];
  if (bank === undefined) throw new Error('No bank plays.');
  const { refused } = await importFacts(
    customs,
    financings.map((financing) => declarationOf(plan, financing)),
  );
  const others = new Map([...refused].filter(([code]) => code !== 'FACT_EXISTS'));
  if (others.size > 0) throw new Error(`Not recorded: ${counted(others)}`);
  const ids = await reserve(plan, chunk, bank.officer);
  await inParallel(ids.length, width, async (index) => {
    const [id = '', number] = [ids[index], chunk * perChunk + index];
    const step = async (who: Client, name: string, body: object) => {
      const { status, text } = await post(who, `/claims/${id}/${name}`, body, keyOf(plan, name, number));
      if (status !== 200) throw new Error(`${name} answered ${status}: ${text.slice(0, 300)}`);
    };
    await step(bank.approver, 'acceptance', {});
    await step(bank.officer, 'disbursement', {});
    const { amount } = claimOf(plan, number);
    await step(bank.officer, 'repayments', { amount, source: 'proceeds' });
  });
}

/** @returns the ids of the claims, in the order of the financings. */
async function reserve(plan: Plan, chunk: number, officer: Client): Promise<readonly string[]> {
  const financings = financingsIn(plan, chunk);
  const claims = financings.map((financing) => claimOf(plan, financing));
  const { status, text } = await post(officer, '/claims/batch', { claims }, keyOf(plan, 'batch', chunk));
  if (status !== 200) throw new Error(`The batch answered ${status}: ${text.slice(0, 300)}`);
  return listAt(JSON.parse(text), 'items').map((item) => textAt(item, 'claim.id'));
}
