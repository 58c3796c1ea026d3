import { randomUUID } from 'node:crypto';
import { type Input, transientFields } from '@pledgeonce/chaincode/api.js';
import { type LedgerFunction, permissions } from '@pledgeonce/chaincode/permissions.js';
import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { checkOf, held, offshoreBill } from '@pledgeonce/scripts/story/offshore-papers.js';
import { named, open, taxFiling } from '@pledgeonce/scripts/story/payment-papers.js';
import { BlockReader } from '../support/block-reader.js';
import { bank, consortium, customsOfficer, person, taxOfficer } from '../support/consortium.js';
import {
  claim,
  declaration,
  exporter,
  inDays,
  otherExporter,
  record,
  reference,
  usd,
} from '../support/documents.js';
import { type EndorsedOnly, endorseOnly, lengthOf } from '../support/endorsed-only.js';
import { LedgerClient, verdictsOn } from '../support/ledger-client.js';
import { writesSince } from '../support/nothing-written.js';

const patienceMs = 120_000;

/** Whoever has a certificate need not use a gateway: endorsers answer them, and nothing has to be ordered. */
describe('what is endorsed and never submitted', () => {
  let reader: BlockReader;
  let direct: LedgerClient;
  beforeAll(async () => {
    [reader, direct] = await Promise.all([
      BlockReader.open(consortium()),
      LedgerClient.open(consortium(), 'BankAMSP', 'officer'),
    ]);
  }, patienceMs);
  afterAll(() => {
    direct.close();
    reader.close();
  });

  /** Has all of them endorsed: they must not differ in anything that can be seen, and nothing is written. */
  async function expectAlike<F extends LedgerFunction>(
    name: F,
    questions: readonly Input<F>[],
  ): Promise<readonly EndorsedOnly[]> {
    await reader.everyPeerHasAll();
    const before = await reader.height();
    const endorsed: EndorsedOnly[] = [];
    for (const question of questions) endorsed.push(await endorseOnly(direct, name, question));
    expect(endorsed.map(({ seen }) => seen)).toEqual(endorsed.map(() => endorsed[0]?.seen));
    const lengths = endorsed.map(lengthOf);
    // Signatures of endorsers, in ASN.1, are some bytes longer or shorter.
    expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThan(16);
    expect(await writesSince(reader, before)).toBe(0);
    return endorsed;
  }

  it(
    'tells nothing of check codes, however many are guessed, and what is kept back counts when it is ordered',
    async () => {
      const { officer } = await bank('A');
      const [filing, unknown] = [taxFiling(), taxFiling()];
      await record(await taxOfficer(), filing);
      const attempt = (fact: typeof filing, checkCode: string, payer = exporter) => ({
        idempotencyKey: randomUUID(),
        document: named(fact),
        payer,
        checkCode,
      });
      const wrong = (turn: number) => String(turn).padStart(filing.checkCode.length, '0');
      const questions = [
        attempt(filing, filing.checkCode),
        attempt(unknown, unknown.checkCode),
        attempt(filing, filing.checkCode, otherExporter),
        ...Array.from({ length: 22 }, (_, turn) => attempt(filing, wrong(turn))),
      ];
      const endorsed = await expectAlike('openDocument', questions);
      // What became of an attempt is read by its id, and there is none.
      for (const { answer } of endorsed.slice(0, 2)) {
        const read = await direct.propose('readOpening', answer);
        expect(await direct.refusalOf(read.evaluate())).toBe('OPENING_NOT_FOUND');
      }
      // The counter stands where it stood, at all of them.
      const [first, second, third] = endorsed.slice(3);
      if (first === undefined || second === undefined || third === undefined) throw new Error('22 guesses');
      const from = await reader.height();
      for (const { transaction } of [first, second, third]) await direct.order(transaction);
      const verdicts = [];
      for (const { transaction } of [first, second, third]) {
        verdicts.push(...(await verdictsOn(reader, transaction, from)));
      }
      expect(verdicts.toSorted()).toEqual(['MVCC_READ_CONFLICT', 'MVCC_READ_CONFLICT', 'VALID']);
      expect((await open(officer, filing, 'wrong')).body).toEqual({ result: 'refused', attemptsLeft: 3 });
      // Also of a document with attempts on record, the right code looks like a wrong one.
      await expectAlike('openDocument', [
        attempt(filing, filing.checkCode),
        attempt(filing, wrong(23)),
        attempt(filing, wrong(24)),
      ]);
      expect((await open(officer, filing)).body).toMatchObject({ result: 'opened' });
    },
    patienceMs,
  );

  it(
    'tells nothing of the papers of an offshore trade',
    async () => {
      const [bill, unknown] = [offshoreBill(), offshoreBill()];
      await record(await person('CarrierMSP', 'officer'), bill);
      const asked = (papers: ReturnType<typeof checkOf>) => ({ ...papers, idempotencyKey: randomUUID() });
      const endorsed = await expectAlike('checkOffshore', [
        asked(checkOf([held(bill)])),
        asked(checkOf([held(bill, { to: 'NLRTM' })])),
        asked(checkOf([held(unknown)])),
      ]);
      for (const { answer } of endorsed) {
        expect(answer).toMatchObject({ state: 'asked' });
        const read = await direct.propose('readOffshoreCheck', { id: textAt(answer, 'id') });
        expect(await direct.refusalOf(read.evaluate())).toBe('CHECK_NOT_FOUND');
      }
    },
    patienceMs,
  );

  it(
    'tells nothing of credit records and of who has authorised whom',
    async () => {
      const enterprise = await person('EnterpriseMSP', 'exporter-1');
      const authorised = await enterprise.post('/authorisations', {
        bank: 'BankAMSP',
        categories: ['basic'],
        purpose: 'Export loan',
        from: inDays(0),
        to: inDays(30),
        uses: 1,
      });
      const id = textAt(authorised.body, 'id');
      const question = (authorisation: string, of = exporter) => ({
        idempotencyKey: randomUUID(),
        enterprise: of,
        authorisation,
        categories: ['basic' as const],
        purpose: 'Export loan',
      });
      const endorsed = await expectAlike('queryCredit', [
        question(id),
        question('f'.repeat(64)),
        question(id, otherExporter),
      ]);
      for (const { answer } of endorsed) {
        const read = await direct.propose('readCreditReport', { query: textAt(answer, 'id') });
        expect(await direct.refusalOf(read.evaluate())).toBe('QUERY_NOT_FOUND');
      }
      expect((await enterprise.get(`/authorisations/${id}`)).body).toMatchObject({ usesLeft: 1 });
      const log = listAt((await enterprise.get('/credit-queries?limit=100')).body, 'items');
      expect(log.filter((entry) => at(entry, 'authorisation') === id)).toEqual([]);
    },
    patienceMs,
  );

  it('refuses a claim on what was never verified in the same words, whether there is such a document or not', async () => {
    const [fact, unknown] = [declaration(), declaration()];
    await record(await customsOfficer(), fact);
    await reader.everyPeerHasAll();
    const before = await reader.height();
    const huge = usd('9999999999.99');
    const refusals = [];
    for (const [one, enterprise] of [
      [fact, exporter],
      [fact, otherExporter],
      [unknown, exporter],
    ] as const) {
      const claims = [{ ...claim(reference(one), huge, { enterprise }), idempotencyKey: randomUUID() }];
      refusals.push(await direct.refusalOf(direct.endorse('reserveClaims', { claims })));
    }
    expect(refusals).toEqual(['NOT_VERIFIED', 'NOT_VERIFIED', 'NOT_VERIFIED']);
    expect(await writesSince(reader, before)).toBe(0);
  });

  it('answers no question in the clear, so that one that is submitted leaves nothing to read in its block', async () => {
    const fact = declaration();
    const id = await record(await customsOfficer(), fact);
    await reader.everyPeerHasAll();
    const asked = { document: reference(fact), particulars: { enterprise: exporter, total: fact.total } };
    // Without a key to seal the answer there is none.
    for (const [name, input] of [
      ['verifyDocument', asked],
      ['readFact', { id }],
    ] as const) {
      const open = await direct.propose(name, input, { responseKey: 'none' });
      expect([name, await direct.refusalOf(open.evaluate())]).toEqual([name, 'RESPONSE_KEY_MISSING']);
      const submitted = await direct.propose(name, input, { responseKey: 'none' });
      expect([name, await direct.refusalOf(submitted.endorse())]).toEqual([name, 'RESPONSE_KEY_MISSING']);
    }
    expect(permissions.verifyDocument.access).toBe('evaluate');
    const { transaction, answer } = await endorseOnly(direct, 'verifyDocument', asked);
    expect(answer).toMatchObject({ result: 'match', remaining: fact.total });
    const inBlock = Buffer.from(transaction.getBytes()).toString('latin1');
    for (const secret of [fact.number, '1000.00', exporter.id, 'match', transientFields.input]) {
      expect([secret, inBlock.includes(secret)]).toEqual([secret, false]);
    }
  });
});
