import { randomUUID } from 'node:crypto';
import { Client } from '@pledgeonce/scripts/rest/client.js';
import { listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { organisationOf } from '@pledgeonce/scripts/stack/description.js';
import { BlockReader } from '../support/block-reader.js';
import { bank, consortium, customsOfficer, type BankPeople } from '../support/consortium.js';
import { claim, declaration, record, reference, usd, verify } from '../support/documents.js';
import { LedgerClient, verdictsOn } from '../support/ledger-client.js';
import { expectRefused, writesSince } from '../support/nothing-written.js';
import { importFile } from '../support/steps.js';

describe('a replay', () => {
  let reader: BlockReader;
  let a: BankPeople;
  beforeAll(async () => {
    [reader, a] = await Promise.all([BlockReader.open(consortium()), bank('A')]);
  });
  afterAll(() => {
    reader.close();
  });

  it('of the same signed proposal, and of the transaction that came of it', async () => {
    const fact = declaration();
    await record(await customsOfficer(), fact);
    await reader.everyPeerHasAll();
    const direct = await LedgerClient.open(consortium(), 'BankAMSP', 'officer');
    try {
      const claims = [{ ...claim(reference(fact), usd('300.00')), idempotencyKey: randomUUID() }];
      const proposal = await direct.propose('reserveClaims', { claims });
      const endorsed = await proposal.endorse();
      const from = await reader.height();
      await direct.order(endorsed);
      expect(await verdictsOn(reader, endorsed, from)).toEqual(['VALID']);

      await expect(proposal.endorse()).rejects.toThrow(/endorse/);
      // BFT orderers refuse what they have ordered; others order it, and the peers refuse it.
      await direct.order(endorsed).catch(() => undefined);
      await record(await customsOfficer(), declaration());
      const verdicts = await verdictsOn(reader, endorsed, from);
      expect(verdicts.filter((verdict) => verdict === 'VALID')).toHaveLength(1);
      expect(verdicts.slice(1).every((verdict) => verdict === 'DUPLICATE_TXID')).toBe(true);
    } finally {
      direct.close();
    }
    expect((await verify(a.officer, fact)).body).toMatchObject({ remaining: usd('700.00'), liveDraws: 1 });
  });

  it('of the same batch file', async () => {
    const customs = await customsOfficer();
    const file = Array.from({ length: 5 }, () => declaration());
    const send = () => importFile(customs, file);
    expect((await send()).map(({ status }) => status)).toEqual(file.map(() => 'recorded'));
    const claims = file.map((fact) => claim(reference(fact), usd('1000.00')));
    const key = randomUUID();
    const first = await a.officer.post('/claims/batch', { claims }, key);
    const ids = listAt(first.body, 'items').map((item) => textAt(item, 'claim.id'));

    const before = await reader.height();
    expect((await send()).map(({ code }) => code)).toEqual(file.map(() => 'FACT_EXISTS'));
    const again = await a.officer.post('/claims/batch', { claims }, key);
    expect(listAt(again.body, 'items').map((item) => textAt(item, 'claim.id'))).toEqual(ids);
    const afresh = await a.officer.post('/claims/batch', { claims });
    expect(listAt(afresh.body, 'items').map((item) => textAt(item, 'problem.code'))).toEqual(
      // The same applications under another key: they have their claims already.
      file.map(() => 'APPLICATION_EXISTS'),
    );
    expect(await writesSince(reader, before)).toBe(0);
  });

  it('of the same idempotency key with another body', async () => {
    const fact = declaration();
    await record(await customsOfficer(), fact);
    const key = randomUUID();
    expect((await a.officer.post('/claims', claim(reference(fact), usd('1.00')), key)).status).toBe(201);
    await expectRefused(reader, () => a.officer.post('/claims', claim(reference(fact), usd('2.00')), key), {
      status: 422,
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
    expect((await verify(a.officer, fact)).body).toMatchObject({ remaining: usd('999.00'), liveDraws: 1 });
  });

  it("of another organisation's token", async () => {
    const fact = declaration();
    await record(await customsOfficer(), fact);
    const { url } = organisationOf(consortium(), 'BankBMSP');
    const thief = new Client(url, a.officer.token);
    await expectRefused(reader, () => thief.post('/claims', claim(reference(fact), usd('1.00'))), {
      status: 401,
      code: 'UNAUTHENTICATED',
    });
  });
});
