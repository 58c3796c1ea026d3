import type { ClaimView } from '../api.js';
import type { FactInput } from '../facts/api.js';
import type { Person } from '../testing/fake-ledger.js';
import {
  claim,
  declaration,
  disburse,
  exporter,
  freshKey,
  invoice,
  openLedger,
  otherExporter,
  people,
  record,
  refuses,
  remainingOf,
  usd,
} from '../testing/story.js';

const document = { type: 'purchase-order', number: 'PO7' } as const;
const order: FactInput = { ...declaration(), ...document, buyer: { ...otherExporter, name: 'Buyer' } };
const invoiced = (number: string, total: string) => invoice({ number, total: usd(total), cites: [document] });

/** An order of 100.00 on which bank A has lent all, and what the banks do with the loan. */
async function lent() {
  const ledger = await openLedger();
  const { underlying } = await record(ledger, order);
  await ledger.submit('confirmDebt', people.otherExporter, {
    ...{ idempotencyKey: freshKey(), document, amount: usd('100.00') },
    particulars: { seller: exporter, total: usd('100.00') },
  });
  const lines = [{ document, amount: usd('100.00') }];
  const { id } = await disburse(ledger, claim(ledger, '100.00', { product: 'order', lines }));
  const sell = async (share: string) => {
    const command = () => ({ id, idempotencyKey: freshKey() });
    await ledger.submit('offerTransfer', people.bankA, { ...command(), to: 'BankBMSP', share: usd(share) });
    const taking = { ...command(), applicationNumber: freshKey() };
    return (await ledger.submit('acceptTransfer', people.approverB, taking)).answer;
  };
  const move = (of: string, to: FactInput, amount: string, person: Person) =>
    ledger.submit('moveClaim', person, {
      ...{ id: of, idempotencyKey: freshKey() },
      lines: [
        {
          order: { number: document.number },
          document: { type: to.type, number: to.number },
          amount: usd(amount),
        },
      ],
    });
  const repay = (of: string, to: FactInput, amount: string, person: Person) =>
    ledger.submit('repayClaim', person, {
      ...{ id: of, idempotencyKey: freshKey(), amount: usd(amount), source: 'own-funds' },
      document: { type: to.type, number: to.number },
    });
  return { ledger, id, underlying, sell, move, repay };
}

const linesOf = ({ lines }: ClaimView) =>
  lines.map(({ document: of, amount, outstanding }) => [of.number, amount.amount, outstanding.amount]);

describe('a share of a loan on an order', () => {
  it('is moved onto the invoice by the bank that took it, as the rest is by the bank that sold it', async () => {
    const { ledger, id, underlying, sell, move } = await lent();
    const share = await sell('40.00');
    expect(linesOf(share)).toEqual([['PO7', '40.00', '40.00']]);
    const paper = invoiced('INV1', '100.00');
    await record(ledger, paper);
    await refuses(ledger, 'MOVE_INVALID', () => move(share.id, paper, '40.01', people.bankB));
    await refuses(ledger, 'CLAIM_NOT_FOUND', () => move(share.id, paper, '40.00', people.bankA));
    const { answer, writes } = await move(share.id, paper, '40.00', people.bankB);
    expect(linesOf(answer)).toEqual([['INV1', '40.00', '40.00']]);
    expect([...writes.keys()].sort()).toEqual(
      [
        `BankBMSP/C~${share.id}~2`,
        `EnterpriseMSP/C~${share.id}~2`,
        `public/claim~${share.id}`,
        `registry/U~${underlying}`,
      ].sort(),
    );
    // The other bank's part lies on the order still.
    const { answer: rest } = await ledger.endorse('readClaim', people.bankA, { id });
    expect(linesOf(rest)).toEqual([['PO7', '60.00', '60.00']]);
    expect(await remainingOf(ledger, paper)).toBe('0.00');
    await move(id, paper, '60.00', people.bankA);
    const trade = JSON.parse(ledger.snapshot().get(`registry/U~${underlying}`) ?? '') as {
      draws: { claim: string; amount: string }[];
      overdrawn: string[];
    };
    expect(trade.draws.map(({ claim: of, amount }) => [of, amount]).sort()).toEqual(
      [
        [share.id, '4000'],
        [id, '6000'],
      ].sort(),
    );
    expect(trade.overdrawn).toEqual([]);
    expect(await remainingOf(ledger, order)).toBe('0.00');
  });

  it('is sold after a part was moved: of the order and of the invoice the same part', async () => {
    const { ledger, id, sell, move, repay } = await lent();
    const [first, second] = [invoiced('INV1', '60.00'), invoiced('INV2', '40.00')];
    await record(ledger, first);
    await move(id, first, '60.00', people.bankA);
    const share = await sell('50.00');
    expect(linesOf(share)).toEqual([
      ['PO7', '20.00', '20.00'],
      ['INV1', '30.00', '30.00'],
    ]);
    expect(share).not.toHaveProperty('moves');
    await record(ledger, second);
    expect(await remainingOf(ledger, second)).toBe('0.00');
    expect(linesOf((await move(share.id, second, '20.00', people.bankB)).answer)).toEqual([
      ['INV2', '20.00', '20.00'],
      ['INV1', '30.00', '30.00'],
    ]);
    expect(linesOf((await move(id, second, '20.00', people.bankA)).answer)).toEqual([
      ['INV2', '20.00', '20.00'],
      ['INV1', '30.00', '30.00'],
    ]);
    // Each is repaid for itself, and frees what it held of either invoice and of the order.
    await repay(share.id, first, '30.00', people.bankB);
    expect([await remainingOf(ledger, first), await remainingOf(ledger, second)]).toEqual(['30.00', '0.00']);
    await repay(id, second, '20.00', people.bankA);
    expect([await remainingOf(ledger, first), await remainingOf(ledger, second)]).toEqual(['30.00', '20.00']);
    expect(await remainingOf(ledger, order)).toBe('50.00');
  });

  it('is moved by its bank when the seller had been repaid in part before', async () => {
    const { ledger, id, sell, move, repay } = await lent();
    await repay(id, order, '20.00', people.bankA);
    const share = await sell('30.00');
    const paper = invoiced('INV1', '100.00');
    await record(ledger, paper);
    await move(share.id, paper, '30.00', people.bankB);
    await refuses(ledger, 'MOVE_INVALID', () => move(id, paper, '50.01', people.bankA));
    await move(id, paper, '50.00', people.bankA);
    expect(await remainingOf(ledger, paper)).toBe('20.00');
    const wrong = {
      id,
      idempotencyKey: freshKey(),
      entry: 'repayment' as const,
      repayment: 1,
      reason: 'Not ours.',
    };
    await ledger.submit('reverseEntry', people.bankA, wrong);
    await ledger.submit('confirmStep', people.approverA, { id, idempotencyKey: freshKey() });
    expect(await remainingOf(ledger, paper)).toBe('0.00');
    expect(linesOf((await move(id, paper, '20.00', people.bankA)).answer)).toEqual([
      ['INV1', '70.00', '70.00'],
    ]);
  });
});
