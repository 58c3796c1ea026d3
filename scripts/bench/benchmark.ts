import { randomInt, randomUUID } from 'node:crypto';
import type { FactInput } from '@pledgeonce/chaincode/api.js';
import { signIn, type Client } from '../rest/client.js';
import { listAt } from '../rest/json.js';
import type { StackDescription } from '../stack/description.js';
import { daysFromNow } from '../story/claims.js';
import { importFacts, sellerOf } from '../story/import.js';
import { cpuBetween, readCpu, type CpuSeconds } from './cpu.js';
import { post, type Claimed } from './http.js';
import { inParallel } from './in-parallel.js';

export interface BenchOptions {
  readonly claims: number;
  readonly batched: number;
  readonly batch: number;
  readonly concurrency: number;
}

/** One row of the table. */
export interface BenchResult {
  readonly network: string;
  readonly what: string;
  readonly items: number;
  readonly seconds: number;
  /** Milliseconds from sending a request to its answer, sorted. */
  readonly latencies: readonly number[];
  /** CPU seconds during the measurement. */
  readonly cpu: CpuSeconds;
}

/** Measures recording documents, claims one per request, and claims in batches. */
export async function benchmark(
  stack: StackDescription,
  { claims, batched, batch, concurrency }: BenchOptions,
  report: (line: string) => void,
): Promise<readonly BenchResult[]> {
  const customs = await signIn(stack, 'CustomsMSP', 'officer');
  const banks = await Promise.all(['BankAMSP', 'BankBMSP'].map((msp) => signIn(stack, msp, 'officer')));
  const bankOf = (index: number): Client => {
    const bank = banks[index % banks.length];
    if (bank === undefined) throw new Error('There is no bank.');
    return bank;
  };
  const warmUp = Math.min(200, claims);
  const facts = Array.from({ length: warmUp + claims + batched }, (_, index) => declarationOf(index));
  const measure = async (
    what: string,
    items: number,
    run: (latencies: number[]) => Promise<void>,
  ): Promise<BenchResult> => {
    report(`${stack.network}: ${what}, ${items} …`);
    const latencies: number[] = [];
    const [before, started] = [readCpu(stack), performance.now()];
    await run(latencies);
    const seconds = (performance.now() - started) / 1000;
    const cpu = cpuBetween(before, readCpu(stack));
    latencies.sort((a, b) => a - b);
    report(`${stack.network}: ${what}, ${(items / seconds).toFixed(0)} per second`);
    return { network: stack.network, what, items, seconds, latencies, cpu };
  };

  const recorded = await measure('documents imported', facts.length, async () => {
    const outcome = await importFacts(customs, facts);
    if (outcome.recorded !== facts.length) {
      throw new Error(`Of ${facts.length} documents ${outcome.recorded} were recorded.`);
    }
  });
  const claimOne = async (index: number, latencies: number[]) => {
    const started = performance.now();
    const { status, text } = await post(bankOf(index), '/claims', claimOn(facts[index]));
    latencies.push(performance.now() - started);
    if (status !== 201) throw new Error(`A claim was not reserved: ${status} ${text}`);
  };
  await inParallel(warmUp, concurrency, (index) => claimOne(index, []));
  const single = await measure('claims, one per request', claims, (latencies) =>
    inParallel(claims, concurrency, (index) => claimOne(warmUp + index, latencies)),
  );
  const many = await measure(`claims, ${batch} per request`, batched, (latencies) =>
    inParallel(Math.floor(batched / batch), Math.max(2, Math.ceil(concurrency / 8)), async (index) => {
      const start = warmUp + claims + index * batch;
      const started = performance.now();
      const body = { claims: facts.slice(start, start + batch).map(claimOn) };
      const { status, text } = await post(bankOf(index), '/claims/batch', body);
      latencies.push(performance.now() - started);
      const items = status === 200 ? listAt(JSON.parse(text), 'items') : [];
      if (items.length !== batch || items.some((item) => item['status'] !== 'reserved')) {
        throw new Error(`A batch was not reserved whole: ${status} ${text.slice(0, 500)}`);
      }
    }),
  );
  return [recorded, single, many];
}

/** Every claim draws on a document of its own: contention has its own test. */
function declarationOf(index: number): FactInput {
  const serial = String(randomInt(1_000_000)).padStart(6, '0');
  return {
    type: 'customs-declaration',
    number: `BENCH${serial}${String(index).padStart(7, '0')}`,
    date: new Date().toISOString().slice(0, 10),
    seller: { scheme: 'LEGAL', id: `BENCH${serial}${index}` },
    total: { amount: '1000.00', currency: 'USD' },
  };
}

function claimOn(fact: FactInput | undefined): Claimed {
  if (fact === undefined) throw new Error('There are fewer documents than claims.');
  const amount = { amount: '600.00', currency: 'USD' };
  return {
    applicationNumber: `APP-${randomUUID()}`,
    enterprise: sellerOf(fact),
    product: 'discount',
    amount,
    lines: [{ document: { type: fact.type, number: fact.number }, amount }],
    dueDate: daysFromNow(90),
  };
}
