import { randomBytes } from 'node:crypto';
import type { Client } from '@pledgeonce/scripts/rest/client.js';
import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { BlockReader } from './support/block-reader.js';
import { bank, consortium, person } from './support/consortium.js';
import { inDays } from './support/documents.js';
import { expectRefused } from './support/nothing-written.js';

describe('the register of members', () => {
  let reader: BlockReader;
  let exporter: Client;
  let approvers: readonly [tax: Client, customs: Client];
  beforeAll(async () => {
    reader = await BlockReader.open(consortium());
    exporter = await person('EnterpriseMSP', 'exporter-1');
    approvers = [await person('TaxMSP', 'approver'), await person('CustomsMSP', 'approver')];
  });
  afterAll(() => {
    reader.close();
  });

  const say = (client: Client, id: string, state: 'admitted' | 'suspended') =>
    client.post('/registry/members', { id, title: 'A bank that joins', kind: 'bank', state });
  const consentTo = (id: string) =>
    exporter.post('/authorisations', {
      bank: id,
      categories: ['basic'],
      purpose: 'Loan of a bank that joins',
      from: inDays(0),
      to: inDays(30),
      uses: 1,
    });

  it('lets a bank be named from the block on with which two government organisations admit it, until they suspend it', async () => {
    const id = `Bank${randomBytes(6).toString('hex')}MSP`;
    const [tax, customs] = approvers;
    const unknown = { status: 422, code: 'BANK_INVALID', field: 'bank' };
    await expectRefused(reader, () => consentTo(id), unknown);
    const first = await say(tax, id, 'admitted');
    expect([first.status, at(first.body, 'state')]).toEqual([201, undefined]);
    expect(first.body).toMatchObject({ proposed: { state: 'admitted', by: ['TaxMSP'] } });
    await reader.everyPeerHasAll();
    await expectRefused(reader, () => consentTo(id), unknown);
    const second = await say(customs, id, 'admitted');
    expect([second.status, at(second.body, 'state')]).toEqual([201, 'admitted']);
    await reader.everyPeerHasAll();
    expect((await consentTo(id)).status).toBe(201);
    const { officer } = await bank('A');
    const read = await officer.get(`/registry/members/${id}`);
    expect(read.body).toMatchObject({ id, title: 'A bank that joins', state: 'admitted' });
    for (const approver of approvers) expect((await say(approver, id, 'suspended')).status).toBe(201);
    await reader.everyPeerHasAll();
    await expectRefused(reader, () => consentTo(id), unknown);
  }, 60_000);

  it('is listed for everybody, with what waits for a second word', async () => {
    const id = `Bank${randomBytes(6).toString('hex')}MSP`;
    const [tax, customs] = approvers;
    const { officer } = await bank('A');
    const listed = async (query: string) => {
      const { status, body } = await officer.get(`/registry/members?limit=200${query}`);
      expect(status).toBe(200);
      return listAt(body, 'items').map((one) => one['id']);
    };
    await say(tax, id, 'admitted');
    await reader.everyPeerHasAll();
    expect(await listed('&proposed=true')).toContain(id);
    expect(await listed('&state=admitted')).not.toContain(id);
    await say(customs, id, 'admitted');
    await reader.everyPeerHasAll();
    expect(await listed('&proposed=true')).not.toContain(id);
    expect(await listed('&state=admitted&kind=bank')).toEqual(
      expect.arrayContaining([id, 'BankAMSP', 'BankBMSP']),
    );
    expect(await listed('&kind=carrier')).not.toContain(id);
    const { body } = await officer.get('/registry/members');
    expect(listAt(body, 'government').map((one) => one['id'])).toEqual([
      'CustomsMSP',
      'TaxMSP',
      'RegulatorMSP',
    ]);
    expect(listAt(body, 'government').map((one) => one['kind'])).toEqual(['customs', 'tax', 'regulator']);
    const first = (await officer.get('/registry/members?limit=1')).body;
    const second = (await officer.get(`/registry/members?limit=1&cursor=${textAt(first, 'next')}`)).body;
    expect(listAt(second, 'items')).not.toEqual(listAt(first, 'items'));
    expect((await officer.get('/registry/members?cursor=x')).body).toMatchObject({ code: 'CURSOR_INVALID' });
  }, 60_000);

  it('is kept by approvers of the government alone', async () => {
    const { approver } = await bank('A');
    const officer = await person('TaxMSP', 'officer');
    const id = 'BankNobodyMSP';
    await expectRefused(reader, () => say(approver, id, 'admitted'), {
      status: 403,
      code: 'WRONG_ORGANISATION',
    });
    await expectRefused(reader, () => say(officer, id, 'admitted'), {
      status: 403,
      code: 'PERMISSION_DENIED',
    });
    await expectRefused(reader, () => say(approvers[0], 'TaxMSP', 'suspended'), {
      status: 422,
      code: 'MEMBER_INVALID',
      field: 'id',
    });
    const missing = await approver.get(`/registry/members/${id}`);
    expect([missing.status, at(missing.body, 'code')]).toEqual([404, 'MEMBER_NOT_FOUND']);
  }, 60_000);
});
