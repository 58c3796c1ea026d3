import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { Output } from '@pledgeonce/chaincode/api.js';
import { unseal } from '@pledgeonce/chaincode/ledger/sealing.js';
import { taggedKey } from '@pledgeonce/chaincode/ledger/tags.js';
import { textAt } from '@pledgeonce/scripts/rest/json.js';
import { BlockReader, hashOfKey } from '../support/block-reader.js';
import { CaOperator } from '../support/ca-operator.js';
import { bank, consortium, customsOfficer } from '../support/consortium.js';
import { claim, declaration, record, reference, usd } from '../support/documents.js';
import { LedgerClient } from '../support/ledger-client.js';

type Question = 'readAddresseeKey' | 'readOwnRecords';

describe('whom a record concerns, to the operator of another bank', () => {
  let reader: BlockReader;
  let gatewayOfB: LedgerClient;
  beforeAll(async () => {
    const stack = consortium();
    reader = await BlockReader.open(stack);
    // Whoever runs a bank's authority certifies a gateway of their own: no door of ours is in between.
    const operator = await CaOperator.open(stack, 'BankBMSP');
    gatewayOfB = await LedgerClient.openAs(stack, 'BankBMSP', await operator.register('service'));
  }, 60_000);
  afterAll(() => {
    gatewayOfB.close();
    reader.close();
  });

  async function ask<F extends Question>(name: F, input: object): Promise<Output<F>> {
    const responseKey = randomBytes(32);
    const proposal = await gatewayOfB.propose(name, input, { responseKey });
    const sealed = Buffer.from(await proposal.evaluate()).toString('utf8');
    return JSON.parse(unseal(sealed, responseKey, proposal.getTransactionId())) as Output<F>;
  }

  /** Bank A's claim, offered to Bank B: three versions of a claim, and what of them the blocks show. */
  async function offered() {
    const [customs, a] = [await customsOfficer(), await bank('A')];
    const fact = declaration();
    await record(customs, fact);
    const from = await reader.height();
    const reserved = await a.officer.post('/claims', claim(reference(fact), usd('400.00')));
    const id = textAt(reserved.body, 'id');
    expect((await a.approver.post(`/claims/${id}/acceptance`, {})).status).toBe(200);
    expect((await a.officer.post(`/claims/${id}/disbursement`, {})).status).toBe(200);
    expect((await a.officer.post(`/claims/${id}/transfer`, { to: 'BankBMSP' })).status).toBe(200);
    await reader.everyPeerHasAll();
    const transactions = (await reader.transactions(from)).filter(({ writes }) => writes.has(`claim~${id}`));
    const hashed = transactions.flatMap(({ privateWrites }) => privateWrites);
    return { id, hashed: new Set(hashed.map(({ keyHash }) => keyHash)), hashes: hashed, transactions };
  }

  it('stands in no block: neither a collection nor a key that can be tried out tells it', async () => {
    const { id, hashed, hashes, transactions } = await offered();
    expect(transactions).toHaveLength(4);
    expect(new Set(hashes.map(({ collection }) => collection))).toEqual(new Set(['registry']));
    const { key: own } = await ask('readAddresseeKey', {});
    const members = consortium().organisations.map(({ msp }) => msp);
    const sha = (text: string) => createHash('sha256').update(text).digest('hex');
    const guesses = [1, 2, 3, 4].flatMap((seq) =>
      ['C', 'T'].flatMap((letter) => {
        const plain = `${letter}~${id}~${seq}`;
        const tags = members.flatMap((msp) => [
          ...[msp, sha(msp), sha(`${plain}${msp}`), sha(`${msp}${plain}`), sha(`addressee\n${msp}`)],
          createHmac('sha256', msp).update(plain).digest('hex'),
          createHmac('sha256', plain).update(msp).digest('hex'),
          // With its own key, in place of the other's.
          createHmac('sha256', Buffer.from(own, 'hex')).update(`${msp}${plain}`).digest('hex'),
          createHmac('sha256', Buffer.from(own, 'hex')).update(msp).digest('hex'),
        ]);
        const tagged = tags.flatMap((tag) => [`${plain}~${tag}`, `${plain}~${tag.slice(0, 32)}`]);
        return [plain, ...tagged, ...(letter === 'C' ? [taggedKey(own, plain)] : [])];
      }),
    );
    expect(guesses.filter((key) => hashed.has(hashOfKey(key)))).toEqual([]);
    // Its own it does find: the offer, written with the fourth version.
    expect(hashed.has(hashOfKey(taggedKey(own, `T~${id}~4`)))).toBe(true);
  }, 60_000);

  it('is not for another gateway to read, by whatever key it asks', async () => {
    const { id } = await offered();
    const keys = [1, 2, 3, 4].map((seq) => `C~${id}~${seq}`);
    expect(await ask('readOwnRecords', { keys })).toEqual({ records: keys.map(() => null) });
    const { records } = await ask('readOwnRecords', { keys: [`T~${id}~4`] });
    expect(records[0]).toContain('"addressee":"BankBMSP"');
    const refused = async (name: Question, input: object, client = gatewayOfB) =>
      client.refusalOf((await client.propose(name, input)).evaluate());
    // Nobody says whose key or whose record they mean.
    expect(await refused('readAddresseeKey', { mspId: 'BankAMSP' })).toBe('INPUT_INVALID');
    const foreign = `C~${id}~1~${'0'.repeat(32)}`;
    expect(await refused('readOwnRecords', { keys: [foreign] })).toBe('INPUT_INVALID');
    const clerk = await LedgerClient.open(consortium(), 'BankBMSP', 'officer');
    expect(await refused('readAddresseeKey', {}, clerk)).toBe('PERMISSION_DENIED');
    clerk.close();
  }, 60_000);
});
