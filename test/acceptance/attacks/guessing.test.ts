import { createHash, createHmac } from 'node:crypto';
import { canonicalJson } from '@pledgeonce/chaincode/rules/canonical-json.js';
import { keyText } from '@pledgeonce/chaincode/rules/document-keys.js';
import { at, listAt } from '@pledgeonce/scripts/rest/json.js';
import { poll } from '@pledgeonce/scripts/rest/poll.js';
import { BlockReader, hashOfKey } from '../support/block-reader.js';
import { auditor, bank, consortium, customsOfficer } from '../support/consortium.js';
import { declaration, record, reference, usd, verify } from '../support/documents.js';
import { ExtraGateway } from '../support/extra-gateway.js';
import { writesSince } from '../support/nothing-written.js';
import { reserve } from '../support/steps.js';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('guessing', () => {
  let reader: BlockReader;
  beforeAll(async () => {
    reader = await BlockReader.open(consortium());
  });
  afterAll(() => {
    reader.close();
  });

  it('probing numbers through verification', async () => {
    const gateway = await ExtraGateway.start(consortium(), 'BankBMSP', { verificationsPerMinute: 20 });
    try {
      const [officer, log] = [await gateway.person('officer'), await gateway.person('auditor')];
      const probes = Array.from({ length: 25 }, () => declaration());
      const before = await reader.height();
      const answers = [];
      for (const probe of probes) answers.push(await verify(officer, probe));
      expect(answers.slice(0, 20).map(({ body }) => at(body, 'result'))).toEqual(
        Array.from({ length: 20 }, () => 'not-found'),
      );
      expect(answers.slice(20).map(({ status, body }) => [status, at(body, 'code')])).toEqual(
        Array.from({ length: 5 }, () => [429, 'RATE_LIMITED']),
      );
      const entries = listAt((await log.get('/verifications?limit=100')).body, 'items');
      expect(
        entries.map((entry) => [at(entry, 'person'), at(entry, 'document.number'), entry['result']]),
      ).toEqual(
        probes
          .slice(0, 20)
          .reverse()
          .map(({ number }) => ['officer', number, 'not-found']),
      );
      expect((await officer.get('/verifications')).status).toBe(403);
      expect(await writesSince(reader, before)).toBe(0);
    } finally {
      await gateway.stop();
    }
  });

  it('as often as an hour allows is told to the regulator, with who and how often, and to nobody else', async () => {
    const gateway = await ExtraGateway.start(consortium(), 'BankBMSP', { missesPerPerson: 3 });
    try {
      const officer = await gateway.person('officer');
      const fact = declaration({ total: usd('1234.56') });
      await record(await customsOfficer(), fact);
      for (const probe of [declaration(), declaration(), { ...fact, total: usd('1234.00') }])
        expect((await verify(officer, probe)).status).toBe(200);
      for (let time = 0; time < 2; time++) expect((await verify(officer, fact)).status).toBe(429);
      const probing = async () => {
        const { body } = await (await auditor()).get('/alerts?alert=probing&limit=100');
        const own = listAt(body, 'items').filter((one) => at(one, 'content.mspId') === 'BankBMSP');
        return own.length > 0 ? own : undefined;
      };
      const told = await poll(probing, 20_000);
      expect(told).toMatchObject([{ content: { person: 'officer', unknown: 2, wrong: 1 } }]);
      const { body } = await (await bank('A')).officer.get('/alerts?limit=100');
      expect(JSON.stringify(body)).not.toContain('probing');
    } finally {
      await gateway.stop();
    }
  });

  it('tells nobody what the right particulars would have been', async () => {
    const fact = declaration({ total: usd('1234.56') });
    await record(await customsOfficer(), fact);
    const { officer } = await bank('A');
    const { body } = await verify(officer, { ...fact, total: usd('1234.57') });
    expect(body).toEqual({ result: 'mismatch', mismatches: ['total'], warnings: [] });
  });

  it('the hashes of low-entropy documents offline', async () => {
    const customs = await customsOfficer();
    const fact = declaration();
    const from = await reader.height();
    const id = await record(customs, fact);
    await reserve(await bank('A'), reference(fact), usd('400.00'));
    const chain = await reader.transactions(from);
    const keyHashes = new Set(chain.flatMap(({ privateWrites }) => privateWrites.map((one) => one.keyHash)));
    const valueHashes = new Set(
      chain.flatMap(({ privateWrites }) => privateWrites.map((one) => one.valueHash)),
    );
    const publicKeys = new Set(chain.flatMap(({ writes }) => [...writes.keys()]));
    const isOnChain = (made: string) =>
      ['F', 'U', 'L', 'N', 'V'].some((kind) => keyHashes.has(hashOfKey(`${kind}~${made}`))) ||
      ['fact', 'claim'].some((kind) => publicKeys.has(`${kind}~${made}`));
    // The search itself works: with the id that the secret key makes, it finds the document at once.
    expect(isOnChain(id)).toBe(true);
    expect(keyHashes.has(hashOfKey(`F~${id}~1`))).toBe(true);

    const serial = Number(fact.number.slice(9));
    const range = Array.from({ length: 2001 }, (_, index) => serial - 1000 + index);
    const numbers = range
      .filter((number) => number >= 0)
      .map((number) => fact.number.slice(0, 9) + String(number).padStart(9, '0'));
    expect(numbers).toContain(fact.number);
    const hits = numbers.filter((number) =>
      textsFor(number).some((text) =>
        [sha256(text), ...unkeyed(text)].some(
          (guess) => isOnChain(guess) || keyHashes.has(guess) || valueHashes.has(guess),
        ),
      ),
    );
    expect(hits).toEqual([]);

    // Nor does the hash of the record itself confirm a guess, though every word of it is known but the salt.
    const history = await (await auditor()).get(`/facts/${id}/history`);
    const stored = String(at(listAt(history.body, 'versions')[0], 'stored'));
    const { salt, ...said } = JSON.parse(stored) as Record<string, unknown>;
    expect(valueHashes.has(sha256(stored))).toBe(true);
    expect(salt).toMatch(/^[0-9a-f]{32}$/);
    expect(valueHashes.has(sha256(canonicalJson(said)))).toBe(false);
  });
});

/** What somebody who knows the source would hash for a declaration of this number. */
function textsFor(number: string): readonly string[] {
  const key = keyText({ type: 'customs-declaration', issuer: { scheme: 'MSP', id: 'CustomsMSP' }, number });
  return [number, key, `fact\n${key}`, `underlying\n${key}`, `link\ndeclaration\nMSP:CustomsMSP\n${number}`];
}

/** HMACs under keys that somebody might have left in place. */
function unkeyed(text: string): readonly string[] {
  return ['', 'pledgeonce', '\0'.repeat(32)].map((key) =>
    createHmac('sha256', key).update(text).digest('hex'),
  );
}
