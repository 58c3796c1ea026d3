import { Client, openSession } from '@pledgeonce/scripts/rest/client.js';
import { at } from '@pledgeonce/scripts/rest/json.js';
import { organisationOf } from '@pledgeonce/scripts/stack/description.js';
import { BlockReader } from './support/block-reader.js';
import { bank, consortium, customsOfficer, person, taxOfficer } from './support/consortium.js';
import {
  claim,
  declaration,
  otherExporter,
  record,
  reference,
  taxInvoice,
  usd,
} from './support/documents.js';
import { expectRefused } from './support/nothing-written.js';

describe('who may do what', () => {
  let reader: BlockReader;
  beforeAll(async () => {
    reader = await BlockReader.open(consortium());
  });
  afterAll(() => {
    reader.close();
  });

  it('refuses a token of another organisation, a made-up one, and none', async () => {
    const { officer } = await bank('A');
    const { url } = organisationOf(consortium(), 'BankBMSP');
    for (const token of [officer.token, 'made.up.token', '']) {
      const { status, body } = await new Client(url, token).get('/claims');
      expect(status).toBe(401);
      expect(at(body, 'code')).toMatch(/^[A-Z_]+$/);
    }
  });

  it('refuses a wrong secret and an unknown person alike', async () => {
    const organisation = organisationOf(consortium(), 'BankBMSP');
    const answers = [
      await openSession(organisation, 'viewer', 'wrong-secret'),
      await openSession(organisation, 'nobody-at-all', 'wrong-secret'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401]);
    expect(at(answers[0]?.body, 'code')).toBe(at(answers[1]?.body, 'code'));
  });

  it('ends a session on request', async () => {
    const organisation = organisationOf(consortium(), 'BankAMSP');
    const viewer = organisation.people.find(({ id }) => id === 'viewer');
    const session = await openSession(organisation, 'viewer', viewer?.secret ?? '');
    const client = new Client(organisation.url, String(session.body['token']));
    expect((await client.get('/claims')).status).toBe(200);
    expect((await client.request('DELETE', '/sessions/current')).status).toBe(204);
    expect((await client.get('/claims')).status).toBe(401);
  });

  it.each(['viewer', 'auditor', 'approver', 'admin'])('lets no %s reserve', async (role) => {
    const client = await person('BankAMSP', role);
    const body = claim(reference(declaration()), usd('1.00'));
    await expectRefused(reader, () => client.post('/claims', body), {
      status: 403,
      code: 'PERMISSION_DENIED',
    });
  });

  it('lets nobody but its authority record, amend or cancel a document', async () => {
    const [customs, tax, { officer }] = [await customsOfficer(), await taxOfficer(), await bank('A')];
    const fact = declaration();
    const id = await record(customs, fact);
    const wrong = { status: 403, code: 'WRONG_ORGANISATION' };
    await expectRefused(reader, () => officer.post('/facts', declaration()), wrong);
    await expectRefused(reader, () => tax.post('/facts', declaration()), wrong);
    await expectRefused(reader, () => customs.post('/facts', taxInvoice()), wrong);
    const cancel = () => tax.post(`/facts/${id}/cancellation`, { reason: 'Not mine.' });
    const { status } = await cancel();
    expect([403, 404]).toContain(status);
  });

  it('lets nobody but a bank reserve', async () => {
    const customs = await customsOfficer();
    const body = claim(reference(declaration()), usd('1.00'));
    await expectRefused(reader, () => customs.post('/claims', body), {
      status: 403,
      code: 'WRONG_ORGANISATION',
    });
  });

  it('wants four eyes: whoever reserved cannot accept', async () => {
    const [customs, { officer, approver }] = [await customsOfficer(), await bank('A')];
    const fact = declaration();
    await record(customs, fact);
    const { body } = await officer.post('/claims', claim(reference(fact), usd('1.00')));
    const path = `/claims/${String(body['id'])}/acceptance`;
    await expectRefused(reader, () => officer.post(path, {}), { status: 403, code: 'PERMISSION_DENIED' });
    expect((await approver.post(path, {})).status).toBe(200);
  });

  it('lets an enterprise register only its own invoices', async () => {
    const mine = await person('EnterpriseMSP', 'exporter-1');
    const invoice = { ...taxInvoice(), type: 'commercial-invoice' };
    expect((await mine.post('/facts', invoice)).status).toBe(201);
    const foreign = { ...taxInvoice(), type: 'commercial-invoice', seller: otherExporter };
    await expectRefused(reader, () => mine.post('/facts', foreign), {
      status: 403,
      code: 'OTHER_ENTERPRISE',
    });
  });
});
