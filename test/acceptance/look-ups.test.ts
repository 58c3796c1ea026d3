import { randomInt } from 'node:crypto';
import type { ConnectionProfile } from '@pledgeonce/gateway/ledger/connection-profile.js';
import { readConnectionProfile } from '@pledgeonce/gateway/ledger/connection-profile.js';
import { verifyReceipt } from '@pledgeonce/gateway/evidence/verify-receipt.js';
import { EvidenceError } from '@pledgeonce/gateway/evidence/evidence-error.js';
import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { poll } from '@pledgeonce/scripts/rest/poll.js';
import { BlockReader } from './support/block-reader.js';
import { bank, consortium, customsOfficer, type BankPeople } from './support/consortium.js';
import { claim, declaration, otherExporter, record, reference, usd } from './support/documents.js';
import { eventually } from './support/eventually.js';
import { expectRefused, writesSince } from './support/nothing-written.js';

describe('looking things up', () => {
  let a: BankPeople;
  let b: BankPeople;
  let reader: BlockReader;
  beforeAll(async () => {
    [a, b, reader] = await Promise.all([bank('A'), bank('B'), BlockReader.open(consortium())]);
  });
  afterAll(() => {
    reader.close();
  });

  it('finds a claim by application number, document and due date, for its bank alone, and exports what it shows', async () => {
    const fact = declaration();
    await record(await customsOfficer(), fact);
    const application = claim(reference(fact), usd('70.00'));
    const reserved = await a.officer.post('/claims', application);
    expect(reserved.status).toBe(201);
    const id = textAt(reserved.body, 'id');
    const spelled = fact.number.replace(/^(.{4})/, '$1 ').toLowerCase();
    const found = async (query: string) => {
      const { status, body } = await a.officer.get(`/claims?${query}`);
      expect(status).toBe(200);
      return listAt(body, 'items').map((one) => at(one, 'id'));
    };
    const number = encodeURIComponent(application.applicationNumber.toLowerCase());
    await poll(
      async () => ((await found(`applicationNumber=${number}`)).includes(id) ? true : undefined),
      30_000,
    );
    expect(await found(`applicationNumber=${number}`)).toEqual([id]);
    expect(await found(`document=${encodeURIComponent(spelled)}`)).toEqual([id]);
    const { id: seller } = fact.seller;
    expect(await found(`enterprise=${seller}&document=${fact.number}`)).toEqual([id]);
    expect(await found(`enterprise=${otherExporter.id}&document=${fact.number}`)).toEqual([]);
    const payout = `PAY ${randomInt(1e9)}`;
    await a.approver.post(`/claims/${id}/acceptance`, {});
    const paid = await a.officer.post(`/claims/${id}/disbursement`, { reference: payout });
    expect(paid.body).toMatchObject({ state: 'disbursed', reference: payout });
    const spelt = encodeURIComponent(payout.toLowerCase().replace(' ', ''));
    await eventually(async () => (await found(`reference=${spelt}`)).includes(id));
    expect(await found(`reference=${spelt}`)).toEqual([id]);
    expect(
      await found(`document=${encodeURIComponent(spelled)}&dueFrom=${application.dueDate}&state=disbursed`),
    ).toEqual([id]);
    expect(await found(`document=${encodeURIComponent(spelled)}&dueBefore=${application.dueDate}`)).toEqual(
      [],
    );
    expect(listAt((await b.officer.get(`/claims?document=${fact.number}`)).body, 'items')).toEqual([]);

    const headers = { accept: 'text/csv' };
    const csv = await a.officer.fetch('GET', `/claims?document=${fact.number}`, { headers });
    expect([csv.status, csv.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename=claims.csv');
    const lines = (await csv.text()).trim().split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(new RegExp(`^${id},disbursed,BankAMSP,.*,70\\.00,USD,`));
    // More than a page.
    const everything = await a.officer.fetch('GET', '/claims?limit=1', { headers });
    const all = (await everything.text()).trim().split('\r\n').length - 1;
    expect(all).toBeGreaterThanOrEqual((await found('limit=200')).length);
    const refused = await a.officer.fetch('GET', `/claims/${id}`, { headers });
    expect([refused.status, at(await refused.json(), 'code')]).toEqual([406, 'NOT_ACCEPTABLE']);

    const bad = { status: 422, code: 'NUMBER_INVALID', field: 'document' };
    await expectRefused(reader, () => a.officer.get(`/claims?document=${encodeURIComponent('—')}`), bad);
  });

  it('verifies many documents at once, with a receipt that holds offline and no other', async () => {
    const customs = await customsOfficer();
    const facts = [declaration(), declaration()];
    for (const fact of facts) await record(customs, fact);
    const asked = [...facts, declaration()].map((fact) => ({
      document: reference(fact),
      particulars: { enterprise: { scheme: fact.seller.scheme, id: fact.seller.id }, total: fact.total },
    }));
    const before = await reader.height();
    const since = Date.now();
    const { status, body } = await a.officer.post('/verifications/batch', {
      documents: [...asked, { document: {} }],
      receipt: true,
    });
    expect(status).toBe(200);
    expect(listAt(body, 'items')).toMatchObject([
      { index: 0, status: 'answered', verification: { result: 'match' } },
      { index: 1, status: 'answered', verification: { result: 'match' } },
      { index: 2, status: 'answered', verification: { result: 'not-found' } },
      { index: 3, status: 'refused', problem: { code: 'INPUT_INVALID' } },
    ]);
    expect(await writesSince(reader, before)).toBe(0);

    const receipt = JSON.stringify(at(body, 'receipt'));
    const profile = await readConnectionProfile(consortium().discovery);
    const report = verifyReceipt(receipt, profile);
    expect(report.items.map(({ result, asker }) => [result, asker])).toEqual([
      ['match', 'BankAMSP'],
      ['match', 'BankAMSP'],
      ['not-found', 'BankAMSP'],
    ]);
    expect(report.items.every(({ endorsers }) => endorsers.length >= 2)).toBe(true);
    // When it was asked is signed with the question.
    for (const { at: asked } of report.items) {
      expect(Date.parse(asked)).toBeGreaterThanOrEqual(since - 1_000);
      expect(Date.parse(asked)).toBeLessThanOrEqual(Date.now());
    }
    const number = facts[0]?.number ?? '';
    const forged = [
      receipt.replace(/"result":"not-found"/, '"result":"match"'),
      receipt.replace(`"number":"${number}"`, '"number":"221820260999999999"'),
      receipt.replace(/"transactionId":"./, (text) => text.slice(0, -1) + (text.endsWith('0') ? '1' : '0')),
      receipt.replace(/"responseKey":"../, '"responseKey":"AA'),
    ];
    for (const text of forged) {
      expect(text).not.toBe(receipt);
      expect(() => verifyReceipt(text, profile)).toThrow(EvidenceError);
    }
    const strangers: ConnectionProfile = {
      ...profile,
      organisations: profile.organisations.filter(({ mspId }) => !['CustomsMSP', 'TaxMSP'].includes(mspId)),
    };
    expect(() => verifyReceipt(receipt, strangers)).toThrow(EvidenceError);
  });
});
