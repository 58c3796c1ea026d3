import { randomUUID } from 'node:crypto';
import type { LedgerFunction } from '@pledgeonce/chaincode/permissions.js';
import type { Parts } from '../../conformance/harness/tamper.js';
import { serializeIdentity } from '../../conformance/harness/identity.js';
import { BlockReader } from '../support/block-reader.js';
import { bank, consortium, customsOfficer } from '../support/consortium.js';
import { claim, declaration, record, reference, usd, verify } from '../support/documents.js';
import { endorseAs, endorsedActionOf, endorsementBy, forgeResult, peerOf } from '../support/endorsements.js';
import { LedgerClient, verdictsOn } from '../support/ledger-client.js';
import { writesSince } from '../support/nothing-written.js';
import { seek } from '../../conformance/harness/seek.js';

describe('who has to endorse', () => {
  let reader: BlockReader;
  let direct: LedgerClient;
  beforeAll(async () => {
    [reader, direct] = await Promise.all([
      BlockReader.open(consortium()),
      LedgerClient.open(consortium(), 'BankAMSP', 'officer'),
    ]);
  });
  afterAll(() => {
    direct.close();
    reader.close();
  });

  async function claimOf(amount: string) {
    const fact = declaration();
    await record(await customsOfficer(), fact);
    await reader.everyPeerHasAll();
    return { claims: [{ ...claim(reference(fact), usd(amount)), idempotencyKey: randomUUID() }], fact };
  }

  /** Has a claim endorsed honestly, alters it, has it ordered: the network must not accept it, and writes nothing. */
  async function expectVoid(alter: (parts: Parts) => void): Promise<void> {
    const { claims, fact } = await claimOf('900.00');
    const endorsed = await direct.endorse('reserveClaims', { claims });
    const from = await reader.height();
    await direct.order(endorsed, alter);
    expect(await verdictsOn(reader, endorsed, from)).toEqual(['ENDORSEMENT_POLICY_FAILURE']);
    expect(await writesSince(reader, from)).toBe(0);
    const { officer } = await bank('A');
    expect((await verify(officer, fact)).body).toMatchObject({ remaining: usd('1000.00'), liveDraws: 0 });
  }

  it('a forged endorsement', async () => {
    const { mspId, certificate, privateKey } = direct.member;
    await expectVoid(({ action }) => {
      const endorsed = endorsedActionOf({ action });
      const [first, second] = endorsed.getEndorsementsList();
      if (first === undefined || second === undefined) throw new Error('There are two endorsements.');
      // The signature of a clerk under the name of the customs peer, and the same one under the clerk's.
      const own = { identity: serializeIdentity(mspId, certificate), key: privateKey };
      const forged = endorsementBy(own, endorsed.getProposalResponsePayload_asU8());
      first.setSignature(forged.getSignature_asU8());
      endorsed.setEndorsementsList([first, forged]);
    });
    await expectVoid((parts) => {
      forgeResult(parts, '{"sealed":"forged"}');
    });
  });

  it('a missing endorsement', async () => {
    await expectVoid(({ action }) => {
      const endorsed = endorsedActionOf({ action });
      endorsed.setEndorsementsList(endorsed.getEndorsementsList().slice(0, 1));
    });
  });

  it('a bank endorsing its own claim', async () => {
    const [customs, own] = [peerOf(consortium(), 'CustomsMSP'), peerOf(consortium(), 'BankAMSP')];
    await expectVoid((parts) => {
      endorseAs(parts, [customs, own]);
    });
    await expectVoid((parts) => {
      endorseAs(parts, [own, peerOf(consortium(), 'BankBMSP')]);
    });

    const { claims } = await claimOf('900.00');
    const before = await reader.height();
    const alone = direct.endorse('reserveClaims', { claims }, { endorsers: ['BankAMSP'] });
    expect(await direct.refusalOf(alone)).not.toBe('not refused');
    expect(await writesSince(reader, before)).toBe(0);
  });

  it('a government authority colluding alone', async () => {
    const customs = peerOf(consortium(), 'CustomsMSP');
    await expectVoid((parts) => {
      endorseAs(parts, [customs]);
    });
    await expectVoid((parts) => {
      endorseAs(parts, [customs, customs]);
    });
    await expectVoid((parts) => {
      endorseAs(parts, [customs, peerOf(consortium(), 'BankAMSP')]);
    });
  });

  it('two authorities changing the document of the third', async () => {
    const fact = declaration();
    const id = await record(await customsOfficer(), fact);
    await reader.everyPeerHasAll();
    const customs = await LedgerClient.open(consortium(), 'CustomsMSP', 'officer');
    try {
      const cancel = { id, reason: 'Without customs.' };
      const endorsed = await customs.endorse('cancelFact', cancel);
      const from = await reader.height();
      await customs.order(endorsed, (parts) => {
        endorseAs(parts, [peerOf(consortium(), 'TaxMSP'), peerOf(consortium(), 'RegulatorMSP')]);
      });
      expect(await verdictsOn(reader, endorsed, from)).toEqual(['ENDORSEMENT_POLICY_FAILURE']);
      expect(await writesSince(reader, from)).toBe(0);
    } finally {
      customs.close();
    }
    const { officer } = await bank('A');
    expect((await verify(officer, fact)).body).toMatchObject({ result: 'match' });
  });

  it('one endorser answering something else', async () => {
    const honest = peerOf(consortium(), 'CustomsMSP');
    await expectVoid((parts) => {
      const endorsed = endorsedActionOf(parts);
      const [, other] = endorsed.getEndorsementsList();
      if (other === undefined) throw new Error('There are two endorsements.');
      forgeResult(parts, '{"sealed":"tampered"}');
      const tampered = endorsementBy(honest, endorsed.getProposalResponsePayload_asU8());
      endorsed.setEndorsementsList([tampered, other]);
    });
  });
});

describe('who may call the chaincode, whatever their gateway lets through', () => {
  let reader: BlockReader;
  beforeAll(async () => {
    reader = await BlockReader.open(consortium());
  });
  afterAll(() => {
    reader.close();
  });

  /** Calls the chaincode directly: it must refuse with this code, and nothing may be written. */
  async function expectTurnedDown(
    [msp, who]: readonly [string, string],
    calls: readonly (readonly [LedgerFunction, object])[],
    code: string,
  ): Promise<void> {
    const client = await LedgerClient.open(consortium(), msp, who);
    const before = await reader.height();
    try {
      for (const [name, input] of calls) {
        expect([name, await client.refusalOf(client.endorse(name, input))]).toEqual([name, code]);
      }
      expect(await writesSince(reader, before)).toBe(0);
    } finally {
      client.close();
    }
  }

  it('a bank writing a customs fact', async () => {
    const fact = declaration();
    const id = await record(await customsOfficer(), fact);
    const calls = [
      ['recordFacts', { facts: [declaration()] }],
      ['amendFact', { id, changes: { total: usd('9000.00') }, reason: 'More.' }],
      ['cancelFact', { id, reason: 'Gone.' }],
    ] as const;
    await expectTurnedDown(['BankAMSP', 'officer'], calls, 'WRONG_ORGANISATION');
    await expectTurnedDown(['TaxMSP', 'officer'], calls.slice(1), 'WRONG_ORGANISATION');
  });

  it("bank A releasing bank B's claim", async () => {
    const [a, b] = [await bank('A'), await bank('B')];
    const fact = declaration();
    await record(await customsOfficer(), fact);
    const reserved = await b.officer.post('/claims', claim(reference(fact), usd('1000.00')));
    const id = String(reserved.body['id']);
    const command = { id, idempotencyKey: randomUUID() };
    const calls = [
      ['withdrawClaim', { ...command, reason: 'Not needed.' }],
      ['rejectClaim', { ...command, reason: 'Not wanted.' }],
      ['repayClaim', { ...command, amount: usd('1000.00'), source: 'own-funds' }],
      ['extendClaim', { ...command, hours: 1 }],
      ['offerTransfer', { ...command, to: 'BankAMSP' }],
    ] as const;
    await expectTurnedDown(['BankAMSP', 'officer'], calls, 'CLAIM_NOT_FOUND');
    await expectTurnedDown(
      ['BankAMSP', 'approver'],
      [['acceptTransfer', { ...command, applicationNumber: 'X-1' }]],
      'TRANSFER_INVALID',
    );
    expect((await a.officer.post(`/claims/${id}/withdrawal`, { reason: 'Not needed.' })).status).toBe(404);
    expect((await b.officer.get(`/claims/${id}`)).body).toMatchObject({ state: 'reserved', seq: 1 });
  });

  it('an admin transacting', async () => {
    const fact = declaration();
    const id = await record(await customsOfficer(), fact);
    const claims = [{ ...claim(reference(fact), usd('1.00')), idempotencyKey: randomUUID() }];
    await expectTurnedDown(['BankAMSP', 'admin'], [['reserveClaims', { claims }]], 'PERMISSION_DENIED');
    await expectTurnedDown(
      ['CustomsMSP', 'admin'],
      [
        ['recordFacts', { facts: [declaration()] }],
        ['cancelFact', { id, reason: 'Gone.' }],
      ],
      'PERMISSION_DENIED',
    );
    await expectTurnedDown(
      ['RegulatorMSP', 'admin'],
      [['rotateFingerprintKey', { fingerprintKey: Buffer.alloc(32, 1).toString('base64') }]],
      'PERMISSION_DENIED',
    );
  });

  it("reading another bank's private data at a government's peer", async () => {
    const b = await bank('B');
    const fact = declaration();
    await record(await customsOfficer(), fact);
    const reserved = await b.officer.post('/claims', claim(reference(fact), usd('700.00')));
    const id = String(reserved.body['id']);
    const spy = await LedgerClient.open(consortium(), 'BankAMSP', 'officer', 'CustomsMSP');
    try {
      for (const peer of ['CustomsMSP', 'TaxMSP']) {
        for (const input of [{ id }, { id, owner: 'BankBMSP' }]) {
          const proposal = await spy.propose('readClaim', input, { endorsers: [peer] });
          expect(await spy.refusalOf(proposal.evaluate())).toBe('CLAIM_NOT_FOUND');
        }
      }
    } finally {
      spy.close();
    }
  });

  it("following another organisation's blocks with everybody's private data", async () => {
    for (const peer of ['BankBMSP', 'CustomsMSP', 'BankAMSP']) {
      const spy = await LedgerClient.open(consortium(), 'BankAMSP', 'officer', peer);
      try {
        for (const method of ['Deliver', 'DeliverWithPrivateData'] as const) {
          const wanted = { start: 'oldest', stop: 'newest', method } as const;
          expect(await seek(spy.member, wanted)).toEqual({ numbers: [], status: 'FORBIDDEN' });
        }
      } finally {
        spy.close();
      }
    }
  });
});
