import { setTimeout as sleep } from 'node:timers/promises';
import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { poll } from '@pledgeonce/scripts/rest/poll.js';
import type { Client, Json } from '@pledgeonce/scripts/rest/client.js';
import { payment } from '@pledgeonce/scripts/story/payment-papers.js';
import { BlockReader } from './support/block-reader.js';
import { auditor, bank, consortium, customsOfficer, type BankPeople } from './support/consortium.js';
import { claim, declaration, record, reference, usd } from './support/documents.js';
import { takeBack } from './support/take-back.js';

const yen = (amount: string) => ({ amount, currency: 'JPY' });

describe('S10: figures', () => {
  let a: BankPeople;
  let regulator: Client;
  beforeAll(async () => {
    [a, regulator] = [await bank('A'), await auditor()];
  });

  async function statistics(query = '', resource = '/statistics', reader = regulator): Promise<Json[]> {
    const all: Json[] = [];
    let cursor: unknown = '0';
    while (typeof cursor === 'string') {
      const path = `${resource}?limit=2&cursor=${cursor}${query}`;
      const { status, body } = await reader.get(path);
      expect(status).toBe(200);
      expect(listAt(body, 'items').length).toBeLessThanOrEqual(2);
      all.push(...listAt(body, 'items'));
      cursor = at(body, 'next');
    }
    return all;
  }

  /** Claims or payments by state, out of nothing but the blocks, which do not say whose a record is. */
  async function recount(kind: 'claim' | 'payment'): Promise<Record<string, number>> {
    const line = new RegExp(`^${kind}~([0-9a-f]{64})$`);
    const reader = await BlockReader.open(consortium());
    try {
      const found = new Map<string, string>();
      for (const { isValid, writes } of await reader.transactions()) {
        if (!isValid) continue;
        for (const [key, value] of writes) {
          const [, id] = line.exec(key) ?? [];
          if (id === undefined) continue;
          const { state } = JSON.parse(value) as { readonly state: string };
          found.set(id, state);
        }
      }
      const counts: Record<string, number> = {};
      for (const state of found.values()) counts[state] = (counts[state] ?? 0) + 1;
      return counts;
    } finally {
      reader.close();
    }
  }

  async function live(): Promise<string> {
    const fact = declaration({ total: yen('1000000') });
    await record(await customsOfficer(), fact);
    const { body } = await a.officer.post(
      '/claims',
      claim(reference(fact), yen('400000'), { product: 'order' }),
    );
    return textAt(body, 'id');
  }

  /** A payment for services that needs no filing, by bank A. */
  async function paid(): Promise<string> {
    const { status, body } = await a.officer.post('/payments', payment(usd('100.00'), []));
    expect(status).toBe(201);
    return textAt(body, 'id');
  }

  it.each([
    ['claim', '/statistics', 'claims', live],
    ['payment', '/statistics/payments', 'payments', paid],
  ] as const)(
    'counts every %s in its state, as the blocks do',
    async (kind, path, measure, add) => {
      await add();
      let counted: unknown;
      let expected: unknown;
      // Sweepers may move a claim between the two counts.
      for (let attempt = 0; attempt < 10; attempt++) {
        expected = await recount(kind);
        const counts: Record<string, number> = {};
        for (const row of await statistics('', path)) {
          const state = String(row['state']);
          counts[state] = (counts[state] ?? 0) + Number(row[measure]);
        }
        counted = counts;
        if (
          JSON.stringify(Object.entries(counts).toSorted()) ===
          JSON.stringify(Object.entries(expected as object).toSorted())
        )
          break;
        await sleep(500);
      }
      expect(counted).toEqual(expected);
    },
    // The whole chain is read, several times on a busy machine.
    300_000,
  );

  it('filters by month, bank, product and currency', async () => {
    const month = new Date().toISOString().slice(0, 7);
    const filter = `&from=${month}&to=${month}&bank=BankAMSP&product=order&currency=JPY`;
    const reserved = async () => (await statistics(filter)).find((row) => row['state'] === 'reserved');
    await live();
    const before = await reserved();
    await live();
    const after = await reserved();
    expect(Number(at(after, 'claims'))).toBe(Number(at(before, 'claims')) + 1);
    expect(Number(at(after, 'amount.amount'))).toBe(Number(at(before, 'amount.amount')) + 400_000);
    expect(at(after, 'amount.currency')).toBe('JPY');
    expect(await statistics('&from=2001-01&to=2001-12')).toEqual([]);
    expect((await regulator.get('/statistics?from=2026-13')).status).toBe(400);
    expect((await regulator.get('/statistics?limit=1001')).status).toBe(400);
  });

  it("shows a bank's portfolio to the bank and the regulator alone", async () => {
    const order = (body: Json) =>
      listAt(body, 'byState').find(
        (row) => row['state'] === 'reserved' && row['product'] === 'order' && row['currency'] === 'JPY',
      );
    await live();
    const before = (await a.officer.get('/portfolio')).body;
    await live();
    const own = await a.officer.get('/portfolio');
    expect(own.status).toBe(200);
    expect(Number(at(order(own.body), 'claims'))).toBe(Number(at(order(before), 'claims')) + 1);
    const owed = (body: Json) =>
      at(
        listAt(body, 'totals').find((row) => row['currency'] === 'JPY'),
        'outstanding.amount',
      );
    expect(Number(owed(own.body))).toBe(Number(owed(before)) + 400_000);

    const audited = await regulator.get('/audit/portfolios/BankAMSP');
    expect(audited.status).toBe(200);
    expect(audited.body).toMatchObject({ bank: 'BankAMSP', totals: at(own.body, 'totals') });
    const due = (await regulator.get('/audit/portfolios/BankAMSP?asOf=2099-01-01')).body;
    expect(listAt(due, 'byDueDate').every((row) => row['due'] === 'overdue')).toBe(true);
    expect(listAt(due, 'concentration').length).toBeGreaterThan(0);

    const table = async (who: Client, path: string) => {
      const answer = await who.fetch('GET', path, { headers: { accept: 'text/csv' } });
      expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
      return (await answer.text()).trim().split('\r\n');
    };
    const [head, ...rows] = await table(a.officer, '/portfolio');
    expect(head).toMatch(/group,name,product,records,amount,currency,outstanding$/);
    const one = order(own.body);
    const cells = ['state', 'reserved', 'order', at(one, 'claims'), at(one, 'amount.amount'), 'JPY'];
    expect(rows).toContain([...cells, at(one, 'outstanding.amount')].join(','));
    const month = new Date().toISOString().slice(0, 7);
    const statisticsOf = `/statistics?from=${month}&bank=BankAMSP&product=order&currency=JPY`;
    const sums = await table(regulator, statisticsOf);
    expect(sums[0]).toMatch(/month,owner,product,state,claims,amount,currency,outstanding$/);
    expect(sums.some((row) => row.startsWith(`${month},BankAMSP,order,reserved,`))).toBe(true);
    await paid();
    const payments = await table(a.officer, `/statistics/payments?from=${month}&purpose=service-trade`);
    expect(payments.some((row) => row.startsWith(`${month},BankAMSP,service-trade,marked,`))).toBe(true);

    const b = await bank('B');
    expect((await b.officer.get('/audit/portfolios/BankAMSP')).status).toBe(403);
    expect(at((await b.officer.get('/portfolio')).body, 'bank')).toBe('BankBMSP');
    const nobody = await regulator.get('/audit/portfolios/CustomsMSP');
    expect([nobody.status, at(nobody.body, 'code')]).toEqual([404, 'BANK_NOT_FOUND']);
  });

  it('has the payments of a bank in its statistics and its portfolio, by purpose', async () => {
    const month = new Date().toISOString().slice(0, 7);
    const filter = `&from=${month}&to=${month}&bank=BankAMSP&purpose=service-trade&currency=USD`;
    const sumsOf = (rows: readonly Json[], state: string) => {
      const row = rows.find(
        (one) =>
          one['state'] === state &&
          one['purpose'] === 'service-trade' &&
          at(one, 'amount.currency') === 'USD',
      );
      return [Number(row?.['payments'] ?? 0), Number(at(row, 'amount.amount') ?? 0)] as const;
    };
    const figures = async () => {
      const rows = await statistics(filter, '/statistics/payments');
      const { body } = await regulator.get('/audit/portfolios/BankAMSP');
      return [rows, listAt(body, 'payments')].map((some) => ({
        marked: sumsOf(some, 'marked'),
        reversed: sumsOf(some, 'reversed'),
      }));
    };
    const more = ([payments, amount]: readonly [number, number], by: number) => [
      payments + by,
      Math.round((amount + by * 100) * 100) / 100,
    ];
    /** The regulator's peer may be a block behind. */
    const expectFigures = async (expected: unknown) => {
      const found = await poll(async () => {
        const now = await figures();
        return JSON.stringify(now) === JSON.stringify(expected) ? now : undefined;
      }, 30_000);
      expect(found ?? (await figures())).toEqual(expected);
    };
    const first = await paid();
    await poll(async () => {
      const { status } = await regulator.get(`/payments/${first}`);
      return status === 200 ? status : undefined;
    }, 30_000);
    const before = await figures();
    const id = await paid();
    await expectFigures(
      before.map(({ marked, reversed }) => ({ marked: more(marked, 1), reversed: more(reversed, 0) })),
    );
    expect((await takeBack(a, id)).status).toBe(200);
    await expectFigures(
      before.map(({ marked, reversed }) => ({ marked: more(marked, 0), reversed: more(reversed, 1) })),
    );

    const b = await bank('B');
    const own = await statistics('', '/statistics/payments', b.officer);
    expect(own.every((row) => row['owner'] === 'BankBMSP')).toBe(true);
    expect(await statistics('&bank=BankAMSP', '/statistics/payments', b.officer)).toEqual([]);
    expect((await a.officer.get('/portfolio')).body).toMatchObject({ bank: 'BankAMSP' });
    expect(await statistics('&from=2001-01&to=2001-12', '/statistics/payments')).toEqual([]);
    expect((await regulator.get('/statistics/payments?purpose=gifts')).status).toBe(400);
    const customs = await (await customsOfficer()).get('/statistics/payments');
    expect([customs.status, at(customs.body, 'code')]).toEqual([403, 'WRONG_ORGANISATION']);
  });
});
