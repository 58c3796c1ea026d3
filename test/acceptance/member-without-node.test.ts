import { randomBytes, X509Certificate } from 'node:crypto';
import type { FactInput, PartyId } from '@pledgeonce/chaincode/api.js';
import { issuerKeyIdentifierOf, keyIdentifierOf } from '@pledgeonce/chaincode/rules/authority-certificate.js';
import { newAuthority } from '@pledgeonce/chaincode/testing/authorities.js';
import { Client, openSession } from '@pledgeonce/scripts/rest/client.js';
import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { poll } from '@pledgeonce/scripts/rest/poll.js';
import { send } from '@pledgeonce/scripts/rest/send.js';
import { organisationOf } from '@pledgeonce/scripts/stack/description.js';
import type { JoinedMember } from '@pledgeonce/scripts/stack/join-without-node.js';
import { BlockReader } from './support/block-reader.js';
import { auditor, bank, consortium, customsOfficer, person } from './support/consortium.js';
import { soonEnough } from './support/deadline.js';
import {
  claim,
  declaration,
  inDays,
  record,
  reference,
  taxInvoice,
  usd,
  verify,
} from './support/documents.js';
import { eventually } from './support/eventually.js';
import { ExtraGateway } from './support/extra-gateway.js';
import { LedgerClient } from './support/ledger-client.js';
import { joinAnew } from './support/member-without-node.js';
import { expectRefused } from './support/nothing-written.js';

/**
 * An enterprise without people at the portal: on the embedded network a block of a member that joined later cannot be proved
 * from block 0, so this one's records are in nobody's export (network/DIFFERENCES.md).
 */
const firm: PartyId = { scheme: 'USCC', id: '91320500MA1XP7YK3R' };
const paper = () => declaration({ seller: { ...firm, name: 'Suzhou Looms' } });
const lend = (fact: FactInput, amount: string) => claim(reference(fact), usd(amount), { enterprise: firm });

describe('a bank without a node', () => {
  let reader: BlockReader;
  let member: JoinedMember;
  let gateway: ExtraGateway;
  let approvers: readonly Client[];
  let officer: Client;
  beforeAll(async () => {
    const stack = consortium();
    reader = await BlockReader.open(stack);
    member = await joinAnew(stack);
    approvers = [await person('TaxMSP', 'approver'), await person('CustomsMSP', 'approver')];
  }, 120_000);
  afterAll(async () => {
    await (gateway as ExtraGateway | undefined)?.stop();
    reader.close();
  });

  const say = async (state: 'admitted' | 'suspended', authority = member.profile.rootCerts) => {
    const { msp: id, title } = member.organisation;
    for (const approver of approvers) {
      const said = await approver.post('/registry/members', { id, title, kind: 'bank', state, authority });
      expect(said.status).toBe(201);
    }
    await reader.everyPeerHasAll();
  };

  it('has no peer and shares an MSP, and is nobody before two government organisations admit it', async () => {
    const { profile, stack, organisation } = member;
    expect([profile.peer, profile.signsAs]).toEqual([undefined, 'MembersMSP']);
    const stranger = await LedgerClient.open(stack, organisation.msp, 'officer', 'TaxMSP');
    const responseKey = randomBytes(32);
    const asked = await stranger.propose('readPolicy', {}, { responseKey });
    expect(await stranger.refusalOf(asked.evaluate())).toBe('NOT_A_MEMBER');
    stranger.close();
    await say('admitted');
    gateway = await ExtraGateway.start(stack, organisation.msp, {});
    // Ready means that it follows blocks and that its lists are current, all by the government's peers.
    const ready = await poll(async () => {
      const { status } = await send(`${gateway.url}/readyz`);
      return status === 200 ? status : undefined;
    }, 30_000);
    expect(ready).toBe(200);
    officer = await gateway.person('officer');
    const read = await officer.get(`/registry/members/${organisation.msp}`);
    expect(read.body).toMatchObject({ id: organisation.msp, state: 'admitted', kind: 'bank' });
    expect(at(read.body, 'authority')).toContain('BEGIN CERTIFICATE');
  }, 120_000);

  it('lends on a document as any bank, and neither it nor another pledges that twice', async () => {
    const [customs, a] = [await customsOfficer(), await bank('A')];
    const fact = paper();
    await record(customs, fact);
    await reader.everyPeerHasAll();
    expect((await verify(officer, fact)).body).toMatchObject({ result: 'match', remaining: usd('1000.00') });
    const reserved = await officer.post('/claims', lend(fact, '700.00'));
    expect(reserved.body).toMatchObject({ state: 'reserved', owner: member.organisation.msp });
    await reader.everyPeerHasAll();
    const second = () => a.officer.post('/claims', lend(fact, '700.00'));
    await expectRefused(reader, second, { status: 409, code: 'EXCEEDS_BALANCE' });
    const approver = await gateway.person('approver');
    const path = `/claims/${textAt(reserved.body, 'id')}`;
    expect((await approver.post(`${path}/acceptance`, {})).body).toMatchObject({ state: 'accepted' });
    expect((await officer.post(`${path}/disbursement`, {})).body).toMatchObject({ state: 'disbursed' });
    expect((await a.officer.post('/claims', lend(fact, '300.00'))).status).toBe(201);
    await reader.everyPeerHasAll();
    const again = () => officer.post('/claims', lend(fact, '0.01'));
    await expectRefused(reader, again, { status: 409, code: 'EXCEEDS_BALANCE' });
  }, 120_000);

  it('has its own list and nobody else’s, and the regulator reads who it was', async () => {
    const [customs, a] = [await customsOfficer(), await bank('A')];
    const fact = paper();
    await record(customs, fact);
    await reader.everyPeerHasAll();
    const own = await officer.post('/claims', lend(fact, '10.00'));
    const other = await a.officer.post('/claims', lend(fact, '20.00'));
    const [ownId, otherId] = [textAt(own.body, 'id'), textAt(other.body, 'id')];
    await reader.everyPeerHasAll();
    const listed = async (client: Client) =>
      listAt((await client.get('/claims?limit=100')).body, 'items').map((one) => textAt(one, 'id'));
    const mine = await poll(async () => {
      const ids = await listed(officer);
      return ids.includes(ownId) ? ids : undefined;
    }, 20_000);
    expect(mine).toContain(ownId);
    expect(mine).not.toContain(otherId);
    expect(await listed(a.officer)).not.toContain(ownId);
    expect((await officer.get(`/claims/${otherId}`)).status).toBe(404);
    expect((await a.officer.get(`/claims/${ownId}`)).status).toBe(404);
    const signed = await (await auditor()).get(`/audit/transactions/${textAt(own.body, 'transactionId')}`);
    expect(at(signed.body, 'signer')).toEqual({ mspId: member.organisation.msp, name: 'officer' });
  }, 120_000);

  it('is nobody’s to be who only runs an authority that bears its name and key identifier', async () => {
    const { organisation, profile } = member;
    const name = new X509Certificate(profile.rootCerts).subject.replaceAll('\n', ', ');
    const keyIdentifier = keyIdentifierOf(profile.rootCerts) ?? '';
    const forger = await joinAnew(consortium(), {
      authority: await newAuthority({ name, keyIdentifier }),
    });
    const { msp, title } = forger.organisation;
    const entry = { id: msp, title, kind: 'bank', state: 'admitted', authority: forger.profile.rootCerts };
    const invalid = { status: 422, code: 'MEMBER_INVALID', field: 'authority' };
    for (const approver of approvers)
      await expectRefused(reader, () => approver.post('/registry/members', entry), invalid);
    const clerk = await LedgerClient.open(forger.stack, msp, 'officer', 'TaxMSP');
    // The peers take the certificate, which is of the members' MSP and says that the other's key has signed it.
    expect(issuerKeyIdentifierOf(clerk.member.certificate)).toBe(keyIdentifier);
    const fact = paper();
    await record(await customsOfficer(), fact);
    const claims = [{ ...lend(fact, '1.00'), idempotencyKey: randomBytes(12).toString('hex') }];
    expect(await clerk.refusalOf(clerk.endorse('reserveClaims', { claims }))).toBe('NOT_A_MEMBER');
    const asked = await clerk.propose('readAddresseeKey', {});
    expect(await clerk.refusalOf(asked.evaluate())).toBe('NOT_A_MEMBER');
    clerk.close();
    expect((await officer.get(`/registry/members/${organisation.msp}`)).status).toBe(200);
  }, 120_000);

  it('does nothing new once it is suspended, and reads on', async () => {
    const fact = paper();
    await record(await customsOfficer(), fact);
    await say('suspended');
    const attempt = () => officer.post('/claims', lend(fact, '10.00'));
    await expectRefused(reader, attempt, { status: 403, code: 'MEMBER_SUSPENDED' });
    expect((await officer.get('/claims')).status).toBe(200);
    await say('admitted');
    expect((await officer.post('/claims', lend(fact, '10.00'))).status).toBe(201);
  }, 120_000);

  describe('and a second portal, which has none either', () => {
    let portal: ExtraGateway;
    let exporter: Client;
    /** Somebody whom the first portal has admitted for the enterprise that the second one serves. */
    let elsewhere: Client;
    const served: PartyId = { scheme: 'USCC', id: '91440300MA5G9K2T7L' };
    const ofServed = () => declaration({ seller: { ...served, name: 'Shenzhen Lamps' } });
    afterAll(async () => {
      await (portal as ExtraGateway | undefined)?.stop();
    });

    it('which serves whom two government organisations say, and nobody else signs in for another', async () => {
      const joined = await joinAnew(consortium(), { kind: 'enterprise' });
      const { msp: id, title, kind } = joined.organisation;
      const { rootCerts: authority } = joined.profile;
      const entry = { id, title, kind, state: 'admitted', authority, accounts: [served.id] };
      for (const approver of approvers)
        expect((await approver.post('/registry/members', entry)).status).toBe(201);
      await reader.everyPeerHasAll();
      portal = await ExtraGateway.start(joined.stack, id, {});
      exporter = await newExporter({ admin: await portal.person('admin'), url: portal.url }, served);
      const stranger = await portal.person('exporter-1');
      const attempt = () => stranger.post('/financing-requests', needOf(ofServed(), member, 0));
      await expectRefused(reader, attempt, { status: 403, code: 'OTHER_ENTERPRISE' });
    }, 180_000);

    it('tells it of its documents and claims, and the first portal nothing of them', async () => {
      const fact = ofServed();
      const id = await record(await customsOfficer(), fact);
      await reader.everyPeerHasAll();
      const lent = await officer.post(
        '/claims',
        claim(reference(fact), usd('100.00'), { enterprise: served }),
      );
      const idsIn = async (client: Client, list: string) =>
        listAt((await client.get(`${list}?limit=50`)).body, 'items').map((one) => textAt(one, 'id'));
      await eventually(async () => (await idsIn(exporter, '/own-documents')).includes(id));
      await eventually(async () => (await idsIn(exporter, '/claims')).includes(textAt(lent.body, 'id')));
      const look = await exporter.post('/own-documents/look-up', { document: reference(fact) });
      expect(look.body).toMatchObject({ remaining: usd('900.00') });
      // Whom the first portal admits for the same enterprise reads nothing of it, and gets nowhere.
      const first = await person('EnterpriseMSP', 'admin');
      const { url } = organisationOf(consortium(), 'EnterpriseMSP');
      elsewhere = await newExporter({ admin: first, url }, served);
      expect(await idsIn(elsewhere, '/claims')).toEqual([]);
      const asked = await elsewhere.post('/own-documents/look-up', { document: reference(fact) });
      expect(asked).toMatchObject({ status: 403, body: { code: 'OTHER_ENTERPRISE' } });
    }, 120_000);

    it('where a debtor reads a bank’s notice, whose seller is at the first portal, and nobody does there', async () => {
      const [a, tax] = [await bank('A'), await person('TaxMSP', 'officer')];
      const invoice = taxInvoice({
        seller: { ...firm, name: 'Suzhou Looms' },
        buyer: { ...served, name: 'Shenzhen Lamps' },
      });
      await record(tax, invoice);
      await reader.everyPeerHasAll();
      const lent = await a.officer.post('/claims', lend(invoice, '321.00'));
      expect(lent.body).toMatchObject({ state: 'reserved' });
      const id = textAt(lent.body, 'id');
      expect((await a.approver.post(`/claims/${id}/acceptance`, {})).status).toBe(200);
      const notice = { date: inDays(0), how: 'Registered letter' };
      expect((await a.officer.post(`/claims/${id}/debtor-notice`, notice)).status).toBe(200);
      const notices = async (client: Client) =>
        listAt((await client.get('/debtor-notices')).body, 'items').filter((one) => at(one, 'claim') === id);
      await eventually(async () => (await notices(exporter)).length === 1);
      const [seen] = await notices(exporter);
      const { type, number } = invoice;
      expect(seen).toEqual({
        ...{
          id: `${id}-0`,
          state: 'pay-the-bank',
          seq: 3,
          claim: id,
          bank: a.msp,
          document: { type, number },
        },
        ...{ seller: invoice.seller, ...notice },
      });
      expect((await exporter.get(`/claims/${id}`)).status).toBe(404);
      await reader.everyPeerHasAll();
      expect(await notices(elsewhere)).toEqual([]);
      expect((await a.officer.post(`/claims/${id}/withdrawal`, {})).status).toBe(200);
      await eventually(async () => at((await notices(exporter))[0], 'state') === 'over');
      expect(await notices(elsewhere)).toEqual([]);
    }, 120_000);

    it('where a request is posted, opened at its deadline, and an offer turned into a claim', async () => {
      const fact = ofServed();
      const before = performance.now();
      await record(await customsOfficer(), fact);
      await reader.everyPeerHasAll();
      const posted = await exporter.post(
        '/financing-requests',
        needOf(fact, member, performance.now() - before),
      );
      expect(posted.status).toBe(201);
      const path = `/financing-requests/${textAt(posted.body, 'id')}`;
      await eventually(async () => (await officer.get(path)).status === 200);
      const terms = { amount: usd('600.00'), rate: '3.20', validUntil: inDays(10) };
      const offer = await officer.post(`${path}/offers`, terms);
      expect(offer.status).toBe(201);
      const id = textAt(offer.body, 'id');
      const offersAt = async () => listAt((await exporter.get(`${path}/offers`)).body, 'items');
      await eventually(async () => (await offersAt()).some((one) => one['id'] === id));
      const accepted = await exporter.post(`/offers/${id}/acceptance`, {});
      expect(accepted.status).toBe(200);
      const reserved = await officer.get(`/claims/${textAt(accepted.body, 'claim')}`);
      expect(reserved.body).toMatchObject({ state: 'reserved', amount: usd('600.00') });
      const audited = (await (await auditor()).get(path)).body;
      expect(audited).toMatchObject({ owner: textAt(posted.body, 'owner'), enterprise: served });
    }, 180_000);
  });
});

/** What an exporter asks one bank for on a document. @param tookMs how long one transaction took just now. */
function needOf(fact: FactInput, { organisation }: JoinedMember, tookMs: number) {
  return {
    ...{ banks: [organisation.msp], amount: usd('600.00'), tenorDays: 90, product: 'discount' },
    ...{ purpose: 'Working capital', highestRate: '4.00', deadline: soonEnough(tookMs) },
    lines: [{ document: reference(fact), amount: usd('600.00') }],
  };
}

/** Somebody whom a portal has admitted for an enterprise, and who has signed in there. */
async function newExporter(
  { admin, url }: { readonly admin: Client; readonly url: string },
  { id: uscc }: PartyId,
): Promise<Client> {
  const id = `exporter.${randomBytes(5).toString('hex')}`;
  const secret = `Mine alone: ${randomBytes(9).toString('base64url')}`;
  const { body } = await admin.post('/people', { id, role: 'officer', uscc });
  const accepted = { enrolmentId: id, code: textAt(body, 'invitation.code'), secret };
  expect((await new Client(url, '').post('/invitations/acceptance', accepted)).status).toBe(204);
  const session = await openSession({ url }, id, secret);
  return new Client(url, textAt(session.body, 'token'));
}

describe('a second carrier, which has no node', () => {
  let reader: BlockReader;
  let member: JoinedMember;
  let gateway: ExtraGateway;
  beforeAll(async () => {
    const stack = consortium();
    reader = await BlockReader.open(stack);
    member = await joinAnew(stack, { kind: 'carrier' });
  }, 120_000);
  afterAll(async () => {
    await (gateway as ExtraGateway | undefined)?.stop();
    reader.close();
  });

  it('records bills of its own at its own gateway, also under a number that the first has given', async () => {
    const { msp: id, title, kind } = member.organisation;
    const { rootCerts: authority } = member.profile;
    for (const msp of ['TaxMSP', 'CustomsMSP']) {
      const approver = await person(msp, 'approver');
      const entry = { id, title, kind, state: 'admitted', authority };
      expect((await approver.post('/registry/members', entry)).status).toBe(201);
    }
    await reader.everyPeerHasAll();
    gateway = await ExtraGateway.start(member.stack, id, {});
    const [own, first] = [await gateway.person('officer'), await person('CarrierMSP', 'officer')];
    const number = `NL${randomBytes(4).toString('hex').toUpperCase()}`;
    const { date, seller } = paper();
    const stated = {
      ...{ type: 'bill-of-lading' as const, number, transport: { from: 'CNNGB', to: 'DEHAM' } },
      ...{ date, seller },
    };
    await record(first, { ...stated, total: usd('100.00') });
    await reader.everyPeerHasAll();
    const bill = await record(own, { ...stated, total: usd('50.00') });
    await reader.everyPeerHasAll();
    const { officer } = await bank('A');
    const ask = (issuer?: PartyId) =>
      officer.post('/verifications', {
        document: { type: 'bill-of-lading', number, ...(issuer && { issuer }) },
        particulars: { enterprise: firm, total: usd('50.00') },
      });
    expect(await ask()).toMatchObject({ status: 422, body: { code: 'ISSUER_REQUIRED' } });
    const meant = await ask({ scheme: 'MSP', id });
    expect(meant.body).toMatchObject({ result: 'match', remaining: usd('50.00') });
    const amendment = { reason: 'Weighed anew', changes: { total: usd('1.00') } };
    const attempt = () => first.request('PATCH', `/facts/${bill}`, { body: amendment });
    await expectRefused(reader, attempt, { status: 403, code: 'WRONG_ORGANISATION' });
    expect((await own.request('PATCH', `/facts/${bill}`, { body: amendment })).body).toMatchObject({
      version: 2,
    });
  }, 120_000);
});
