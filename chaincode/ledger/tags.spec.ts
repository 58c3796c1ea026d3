import { createHash, createHmac } from 'node:crypto';
import { members, type Endorsement } from '../testing/fake-ledger.js';
import { authorise, service } from '../testing/loans.js';
import { claim, declaration, disburse, freshKey, openLedger, people, record, usd } from '../testing/story.js';
import type { LedgerFunction } from '../permissions.js';
import { governmentMsps } from '../roles.js';
import { taggedKey } from './tags.js';

const sha = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string, text: string) => createHmac('sha256', key).update(text).digest('hex');
const isCopy = (key: string) => /~[0-9a-f]{32}$/.test(key);

/** Transactions that concern an organisation beside the one that signs, and one of each kind that does not. */
async function story() {
  const ledger = await openLedger();
  const done: Endorsement<LedgerFunction>[] = [];
  await record(ledger, declaration());
  done.push(await ledger.submit('reserveClaims', people.bankA, { claims: [claim(ledger, '10.00')] }));
  const { id } = await disburse(ledger, claim(ledger, '20.00'));
  const transfer = { id, idempotencyKey: freshKey(), to: 'BankBMSP' };
  done.push(await ledger.submit('offerTransfer', people.bankA, transfer));
  const taken = { id, idempotencyKey: freshKey(), applicationNumber: 'B-7' };
  done.push(await ledger.submit('acceptTransfer', people.approverB, taken));
  const payment = {
    idempotencyKey: freshKey(),
    reference: 'TT-1',
    payer: { scheme: 'USCC', id: people.exporter.uscc },
    payee: 'Hamburg Consult',
    purpose: 'service-trade',
    amount: usd('100.00'),
    paidOn: '2026-03-02',
    lines: [],
  } as const;
  done.push(await ledger.submit('markPayments', people.bankB, { payments: [payment] }));
  const before = new Set(ledger.snapshot().keys());
  const authorisation = await authorise(ledger);
  expect(before.has(`BankAMSP/A~${authorisation}~1`)).toBe(false);
  expect(ledger.snapshot().has(`BankAMSP/A~${authorisation}~1`)).toBe(true);
  return { ledger, done };
}

const memberIds = members.map(({ id }) => id);

describe('whom a record concerns', () => {
  it('stands in no public value, no event and no key of a transaction', async () => {
    const { done } = await story();
    const everybody = [...memberIds, ...governmentMsps];
    for (const { writtenKeys, event } of done) {
      const open = writtenKeys.filter(({ collection }) => collection === undefined);
      const seen = [...open.map(({ key, value }) => `${key} ${value}`), JSON.stringify(event)].join('\n');
      const keys = writtenKeys.map(({ key }) => key).join('\n');
      expect(everybody.filter((one) => seen.includes(one) || keys.includes(one))).toEqual([]);
      expect(
        writtenKeys.every(({ collection }) => collection === undefined || collection === 'registry'),
      ).toBe(true);
    }
  });

  it('is not to be tried out: no hash of a key follows from the key without its tag and the name of a member', async () => {
    const { done } = await story();
    const copies = done.flatMap(({ writtenKeys }) => writtenKeys.filter(({ key }) => isCopy(key)));
    expect(copies.length).toBeGreaterThanOrEqual(done.length);
    for (const { key } of copies) {
      const plain = key.slice(0, key.lastIndexOf('~'));
      const guesses = memberIds.flatMap((one) =>
        [
          one,
          ...[sha(one), hmac(one, plain), hmac(plain, one), sha(`${plain}${one}`), sha(`${plain}~${one}`)],
          ...[sha(`${one}${plain}`), sha(`${one}~${plain}`), sha(`addressee\n${one}`)],
          taggedKey(sha(one), plain).slice(plain.length + 1),
          taggedKey(Buffer.from(one).toString('hex'), plain).slice(plain.length + 1),
        ].flatMap((tag) => [`${plain}~${tag}`, `${plain}~${tag.slice(0, 32)}`, `party-${one}~${plain}`]),
      );
      expect([plain, ...guesses].map(sha)).not.toContain(sha(key));
    }
  });

  it('is seen by who it is, with the key that only they and the government have', async () => {
    const { ledger, done } = await story();
    const keyOf = async (mspId: string) =>
      (await ledger.endorse('readAddresseeKey', { ...service, mspId }, {})).answer.key;
    const [a, b] = [await keyOf('BankAMSP'), await keyOf('BankBMSP')];
    expect(a).not.toBe(b);
    const [reserved, offered] = done.map(({ writtenKeys }) =>
      writtenKeys.map(({ key }) => key).filter(isCopy),
    );
    const seenWith = (secret: string, keys: readonly string[] = []) =>
      keys.filter((key) => taggedKey(secret, key.slice(0, key.lastIndexOf('~'))) === key).length;
    expect([seenWith(a, reserved), seenWith(b, reserved)]).toEqual([1, 0]);
    // The claim for its owner, the offer for the other bank.
    expect([seenWith(a, offered), seenWith(b, offered)]).toEqual([1, 1]);
  });

  it('stays findable when the fingerprint key is rotated', async () => {
    const { ledger } = await story();
    const key = async () => (await ledger.endorse('readAddresseeKey', service, {})).answer.key;
    const before = await key();
    const fingerprintKey = Buffer.alloc(32, 9).toString('base64');
    await ledger.submit('rotateFingerprintKey', people.regulator, { fingerprintKey });
    expect(await key()).toBe(before);
  });
});
