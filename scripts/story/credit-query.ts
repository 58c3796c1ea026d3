import type { PartyId } from '@pledgeonce/chaincode/api.js';
import type { Answer, Client } from '../rest/client.js';
import { at, listAt, textAt } from '../rest/json.js';
import { Neighbour } from '../rest/neighbour.js';
import type { Chapter } from './chapter.js';
import { daysFromNow } from './claims.js';
import { creditRecords, recordCredit } from './credit-papers.js';
import { short } from './record.js';
import { expectRefusal, expectStatus, expectThat, type Teller } from './teller.js';

const enterprise: PartyId = { scheme: 'USCC', id: '91330200MA2CKXQ85H' };
const purpose = 'Export loan 2026-118';

interface Cast {
  readonly regulator: Client;
  readonly auditor: Client;
  readonly exporter: Client;
  readonly stranger: Client;
  readonly bankA: Client;
  readonly bankB: Client;
}

/** Scenario S3: a bank reads an enterprise's records with its consent, and with nothing less. */
export const creditQuery: Chapter = {
  name: 'credit-query',
  title: 'A credit query that the enterprise authorised',
  tell: async (teller, stack) => {
    const [regulator, auditor, exporter, stranger, bankA, bankB] = await Promise.all([
      Neighbour.signIn(stack, 'RegulatorMSP', 'officer'),
      Neighbour.signIn(stack, 'RegulatorMSP', 'auditor'),
      Neighbour.signIn(stack, 'EnterpriseMSP', 'exporter-1'),
      Neighbour.signIn(stack, 'EnterpriseMSP', 'exporter-2'),
      Neighbour.signIn(stack, 'BankAMSP', 'officer'),
      Neighbour.signIn(stack, 'BankBMSP', 'officer'),
    ]);
    const cast: Cast = { regulator, auditor, exporter, stranger, bankA, bankB };
    const authorisation = await authorised(teller, cast);
    await refused(teller, cast, authorisation);
    await usedUp(teller, cast, authorisation);
    await revoked(teller, cast);
    await logged(teller, cast, authorisation);
  },
};

/** A bank asks for the enterprise's records. */
async function ask(officer: Client, authorisation: string, more: object = {}): Promise<Answer> {
  return officer.post('/credit-queries', {
    enterprise,
    authorisation,
    categories: ['basic', 'trade-credit'],
    purpose,
    ...more,
  });
}

async function authorise(exporter: Client, uses: number): Promise<string> {
  const { body } = expectStatus(
    await exporter.post('/authorisations', {
      bank: 'BankAMSP',
      categories: ['basic', 'trade-credit'],
      purpose,
      from: daysFromNow(0),
      to: daysFromNow(30),
      uses,
    }),
    201,
  );
  return textAt(body, 'id');
}

async function authorised(teller: Teller, { regulator, exporter, bankA }: Cast): Promise<string> {
  await teller.step('The regulator records what it knows of the exporter', async () => {
    await recordCredit(regulator, enterprise, creditRecords('Ningbo Harbour Tools Co., Ltd'));
    return ['class A, listed; receipts and exports of 2025; no penalties', undefined];
  });
  await teller.step('Bank A asks without an authorisation', async () => {
    const answer = await ask(bankA, '0'.repeat(64));
    return [expectRefusal(answer, 403, 'NOT_AUTHORISED'), undefined];
  });
  const id = await teller.step(
    'The exporter authorises Bank A: two categories, 30 days, two uses',
    async () => {
      const authorisation = await authorise(exporter, 2);
      return [`authorisation ${short(authorisation)}`, authorisation];
    },
  );
  await teller.step('Bank A asks again and quotes it', async () => {
    const { body } = expectStatus(await ask(bankA, id), 201);
    expectThat(at(body, 'records.0.content.class') === 'A', 'The class should be A.');
    expectThat(at(body, 'query.usesLeft') === 1, 'One use should be left.');
    return [
      `class A, match ratio ${textAt(body, 'records.1.content.years.0.matchRatio')}; one use left`,
      undefined,
    ];
  });
  return id;
}

async function refused(
  teller: Teller,
  { bankA, bankB, stranger }: Cast,
  authorisation: string,
): Promise<void> {
  await teller.step('Bank B uses the authorisation of Bank A', async () => {
    return [expectRefusal(await ask(bankB, authorisation), 403, 'NOT_AUTHORISED'), undefined];
  });
  await teller.step('Bank A asks for the penalties, too', async () => {
    const answer = await ask(bankA, authorisation, { categories: ['regulatory'] });
    return [expectRefusal(answer, 403, 'CATEGORY_NOT_AUTHORISED'), undefined];
  });
  await teller.step('Bank A asks for another purpose', async () => {
    const answer = await ask(bankA, authorisation, { purpose: 'Sale of insurance' });
    return [expectRefusal(answer, 403, 'PURPOSE_NOT_AUTHORISED'), undefined];
  });
  await teller.step('Another exporter tries to read the authorisation', async () => {
    const answer = await stranger.get(`/authorisations/${authorisation}`);
    return [expectRefusal(answer, 404, 'AUTHORISATION_NOT_FOUND'), undefined];
  });
}

async function usedUp(teller: Teller, { bankA }: Cast, authorisation: string): Promise<void> {
  await teller.step('Two people of Bank A ask at the same moment, with one use left', async () => {
    const answers = await Promise.all([ask(bankA, authorisation), ask(bankA, authorisation)]);
    const loser = answers.find(({ status }) => status !== 201);
    expectThat(
      loser !== undefined && answers.some(({ status }) => status === 201),
      'One of the two should be answered.',
    );
    return [loser === undefined ? '' : expectRefusal(loser, 403, 'AUTHORISATION_USED_UP'), undefined];
  });
}

async function revoked(teller: Teller, { exporter, bankA }: Cast): Promise<void> {
  await teller.step('The exporter authorises once more, and revokes', async () => {
    const authorisation = await authorise(exporter, 5);
    expectStatus(await exporter.request('DELETE', `/authorisations/${authorisation}`), 200);
    return [expectRefusal(await ask(bankA, authorisation), 403, 'AUTHORISATION_REVOKED'), undefined];
  });
}

async function logged(
  teller: Teller,
  { exporter, stranger, auditor }: Cast,
  authorisation: string,
): Promise<void> {
  await teller.step(
    'The exporter and the regulator read the log; another exporter finds nothing',
    async () => {
      const entries = async (reader: Client) =>
        listAt(expectStatus(await reader.get('/credit-queries?limit=50'), 200).body, 'items').filter(
          (entry) => entry['authorisation'] === authorisation,
        );
      const [own, all, strange] = await Promise.all([entries(exporter), entries(auditor), entries(stranger)]);
      expectThat(own.length === 6 && all.length === 6, `Six entries expected: ${own.length}, ${all.length}.`);
      expectThat(strange.length === 0, 'Another exporter must not see the log.');
      const lines = own.map((entry) => `${String(entry['bank'])} ${String(entry['state'])} ${codeOf(entry)}`);
      return [`six queries, refused ones too\n${lines.join('\n')}`, undefined];
    },
  );
}

function codeOf(entry: Readonly<Record<string, unknown>>): string {
  return typeof entry['code'] === 'string' ? entry['code'] : '';
}
