import type { FactInput, Input } from '../api.js';
import { dateOf } from '../rules/dates.js';
import type { FakeLedger, Person } from '../testing/fake-ledger.js';
import { admit } from '../testing/further-members.js';
import {
  claim,
  disburse,
  freshKey,
  invoice,
  openLedger,
  otherExporter,
  people,
  record,
  usd,
} from '../testing/story.js';

const first = 'EnterpriseMSP';
const second = 'SecondPortalMSP';
const third = 'ThirdPortalMSP';
const how = 'Registered letter';

/** Its account goes where a spec says; the exporter's is at the first portal. */
const importer = { ...otherExporter, name: 'Importer' };
/** A debtor abroad, at the first portal in all of them. */
const foreigner = { scheme: 'LEI', id: '529900T8BM49AURSDO55', name: 'Kramer GmbH' } as const;
const owedBy = (buyer: NonNullable<FactInput['buyer']>, number: string) => invoice({ number, buyer });

async function serves(ledger: FakeLedger, id: string, accounts: string[]): Promise<void> {
  const entry: Input<'changeMember'> = { id, title: id, kind: 'enterprise', state: 'admitted', accounts };
  for (const { mspId } of [people.tax, people.customs])
    await ledger.submit('changeMember', { mspId, role: 'approver', id: 'approver' }, entry);
}

/** A loan on invoices of these debtors, with the importer's account at the second portal. */
async function lentOn(buyers: readonly NonNullable<FactInput['buyer']>[], accounts = [importer.id]) {
  const ledger = await openLedger();
  for (const id of [second, third]) await admit(ledger, id, 'enterprise');
  await serves(ledger, second, accounts);
  const facts = buyers.map((buyer, index) => owedBy(buyer, `S-${index}`));
  for (const fact of facts) await record(ledger, fact);
  const lines = facts.map(({ number }) => ({
    document: { type: 'tax-invoice', number } as const,
    amount: usd('40.00'),
  }));
  const { id } = await disburse(ledger, claim(ledger, usd(`${40 * lines.length}.00`).amount, { lines }));
  const act = acts(ledger, id);
  return { ledger, id, ...act };
}

function acts(ledger: FakeLedger, id: string) {
  const command = () => ({ id, idempotencyKey: freshKey() });
  return {
    notify: (way = how) =>
      ledger.submit('recordDebtorNotice', people.bankA, {
        ...{ ...command(), date: dateOf(ledger.now), how: way },
      }),
    repay: (amount: string) =>
      ledger.submit('repayClaim', people.bankA, {
        ...{ ...command(), amount: usd(amount), source: 'own-funds' },
      }),
    reverse: async () => {
      const entry = { entry: 'debtor-notice', reason: 'Wrong debtor' } as const;
      await ledger.submit('reverseEntry', people.bankA, { ...command(), ...entry });
      return ledger.submit('confirmStep', people.approverA, command());
    },
  };
}

type Writes = ReadonlyMap<string, string>;
/** The copies of these letters, by holder. */
const copies = (writes: Writes, letters: string) =>
  new Map(
    [...writes].flatMap(([key, value]) => {
      const [holder = '', rest = ''] = key.split('/');
      return rest.startsWith(`${letters}~`) && holder !== 'public' ? [[holder, value] as const] : [];
    }),
  );
const notice = (writes: Writes, portal: string) =>
  JSON.parse(copies(writes, 'DN').get(portal) ?? 'null') as unknown;

describe('the notice to a debtor whose account is at another portal than the exporter’s', () => {
  it('reaches that portal and no other, with whom to pay and nothing of what was lent', async () => {
    const { id, notify } = await lentOn([importer]);
    const { writes } = await notify();
    expect([...copies(writes, 'DN').keys()]).toEqual([second]);
    expect([...copies(writes, 'C').keys()].sort()).toEqual(['BankAMSP', first]);
    const copy = copies(writes, 'DN').get(second) ?? '';
    expect(JSON.parse(copy)).toMatchObject({
      ...{ claim: id, seq: 4, state: 'pay-the-bank', addressee: second },
      notice: { bank: 'BankAMSP', how },
      debtors: [{ account: importer.id, document: { type: 'tax-invoice', number: 'S0' } }],
    });
    for (const hidden of ['amount', 'outstanding', 'applicationNumber', 'dueDate', 'price', 'reservedBy'])
      expect(copy).not.toContain(`"${hidden}"`);
  });

  it('is not in the exporter’s copy, whose portal could certify somebody for that debtor', async () => {
    const { notify } = await lentOn([importer]);
    const { writes } = await notify();
    const copy = copies(writes, 'C').get(first) ?? '';
    expect(copy).toContain('"debtorNotice"');
    expect(copy).not.toMatch(/"debtors"|"noticesAt"/);
  });

  it('is told by each portal to its own debtors alone, who keep their places', async () => {
    const { notify } = await lentOn([importer, foreigner]);
    const { writes } = await notify();
    expect([...copies(writes, 'DN').keys()]).toEqual([second]);
    const [atSecond, atFirst] = [copies(writes, 'DN').get(second), copies(writes, 'C').get(first)];
    expect(JSON.parse(atSecond ?? '')).toMatchObject({ debtors: [{ account: importer.id, place: 0 }] });
    expect(atSecond).not.toContain(foreigner.id);
    expect(JSON.parse(atFirst ?? '')).toMatchObject({
      debtors: [{ account: `LEI:${foreigner.id}`, place: 1 }],
    });
  });

  it('says nothing of the steps in between, and once that the claim is over', async () => {
    const { notify, repay } = await lentOn([importer]);
    await notify();
    expect(copies((await repay('10.00')).writes, 'DN').size).toBe(0);
    const settled = await repay('30.00');
    expect(notice(settled.writes, second)).toMatchObject({ state: 'over', seq: 6 });
    expect(copies(settled.writes, 'DN').size).toBe(1);
  });

  it('replaces the one before, and names nobody once it was a mistake', async () => {
    const { notify, repay, reverse } = await lentOn([importer]);
    await notify();
    const again = notice((await notify('By courier')).writes, second);
    expect(again).toMatchObject({ seq: 5, notice: { how: 'By courier' } });
    const { writes } = await reverse();
    expect(notice(writes, second)).toMatchObject({ state: 'over', debtors: [] });
    expect(copies((await repay('10.00')).writes, 'DN').size).toBe(0);
  });

  it('stays with the claim that another bank takes over; of the old one it is over', async () => {
    const { ledger, id, notify } = await lentOn([importer]);
    await notify();
    const to = { id, idempotencyKey: freshKey() };
    const offered = await ledger.submit('offerTransfer', people.bankA, { ...to, to: 'BankBMSP' });
    expect(copies(offered.writes, 'DN').size).toBe(0);
    expect(copies(offered.writes, 'T').get('BankBMSP')).not.toContain('"noticesAt"');
    const { answer, writes } = await ledger.submit('acceptTransfer', people.approverB, {
      ...{ id, idempotencyKey: freshKey(), applicationNumber: 'B-1' },
    });
    const told = [...writes].filter(([key]) => key.startsWith(`${second}/DN~`));
    expect(
      new Map(told.map(([key, value]) => [key, (JSON.parse(value) as { state: string }).state])),
    ).toEqual(
      new Map([
        [`${second}/DN~${id}~6`, 'over'],
        [`${second}/DN~${answer.id}~1`, 'pay-the-bank'],
      ]),
    );
  });

  it('goes on to the portal that serves the account from now on, with the next step of the claim', async () => {
    const { ledger, notify, repay } = await lentOn([importer]);
    await notify();
    await serves(ledger, second, []);
    await serves(ledger, third, [importer.id]);
    const { writes } = await repay('10.00');
    expect(notice(writes, second)).toMatchObject({ state: 'over', debtors: [] });
    expect(notice(writes, third)).toMatchObject({ state: 'pay-the-bank', notice: { bank: 'BankAMSP' } });
    await serves(ledger, third, []);
    const home = await repay('10.00');
    expect(notice(home.writes, third)).toMatchObject({ state: 'over', debtors: [] });
    expect(copies(home.writes, 'C').get(first)).toContain(`"account":"${importer.id}"`);
  });

  it('is told from the exporter’s copy, and by nothing else, where both accounts are at one portal', async () => {
    const { notify, repay } = await lentOn([importer], []);
    const { writes } = await notify();
    expect(copies(writes, 'DN').size).toBe(0);
    expect(copies(writes, 'C').get(first)).toContain(`"debtors":[{"account":"${importer.id}"`);
    expect(copies((await repay('40.00')).writes, 'DN').size).toBe(0);
  });

  it('is not found by another portal, nor by a bank', async () => {
    const { ledger, id, notify } = await lentOn([importer]);
    await notify();
    const ask = async (mspId: string) => {
      const gateway: Person = { mspId, role: 'service', id: 'gateway' };
      const { answer } = await ledger.endorse('readOwnRecords', gateway, { keys: [`DN~${id}~4`] });
      return answer.records[0];
    };
    for (const mspId of [first, third, 'BankAMSP', 'BankBMSP']) expect(await ask(mspId)).toBeNull();
    expect(await ask(second)).toContain(importer.id);
  });
});
