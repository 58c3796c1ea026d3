import type { Client } from '../../rest/client.js';
import { post } from '../http.js';
import { inParallel } from '../in-parallel.js';
import { claimOn, type Field } from './field.js';
import type { GrowthRow } from './row.js';

/** Claims that each client makes, one after the other. */
const each = 4;
const banks = ['BankAMSP', 'BankBMSP'] as const;

/** Two banks claim on one document at the same time, by so many clients each; all of it is to be had. */
export const contention: GrowthRow = {
  name: 'contention',
  what: 'two banks claim on one document at once',
  sizes: () => [1, 16, 64],
  unit: 'clients of each',
  async play(field: Field, clients, measure) {
    const fact = field.declaration(field.seller(), { total: { amount: '10000000.00', currency: 'USD' } });
    await field.record('CustomsMSP', [fact]);
    const people = await Promise.all(banks.map((msp) => field.person(msp)));
    const perBank = clients === 1 ? each : clients;
    const answers = new Map<string, number>();
    const before = await transactions(people);
    await measure(people.length * perBank, async () => {
      await Promise.all(
        people.map((person) =>
          inParallel(perBank, clients, async () => {
            const { status, text } = await post(person, '/claims', claimOn([fact], '1.00'));
            const code = status === 201 ? '201' : `${status} ${(JSON.parse(text) as { code?: string }).code}`;
            answers.set(code, (answers.get(code) ?? 0) + 1);
          }),
        ),
      );
      const said = [...answers].map(([code, count]) => `${count} × ${code}`).join(', ');
      const made = [...(await transactions(people))].map(
        ([outcome, count]) => `${count - (before.get(outcome) ?? 0)} ${outcome}`,
      );
      return `${said}; transactions: ${made.join(', ')}`;
    });
  },
};

/** What has become of the transactions with claims so far, as the banks' gateways count them. */
async function transactions(people: readonly Client[]): Promise<ReadonlyMap<string, number>> {
  const sums = new Map<string, number>();
  for (const { url } of people) {
    const text = await (await fetch(`${url}/metrics`)).text();
    for (const [, labels = '', count = '0'] of text.matchAll(
      /^pledgeonce_transactions_total\{([^}]*)\} (\d+)/gm,
    )) {
      const outcome = /outcome="(\w+)"/.exec(labels)?.[1];
      if (!labels.includes('function="reserveClaims"') || outcome === undefined) continue;
      sums.set(outcome, (sums.get(outcome) ?? 0) + Number(count));
    }
  }
  return sums;
}
