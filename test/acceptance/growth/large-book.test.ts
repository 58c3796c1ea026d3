import type { PartyId } from '@pledgeonce/chaincode/api.js';
import type { Client } from '@pledgeonce/scripts/rest/client.js';
import { listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { bank, customsOfficer, person } from '../support/consortium.js';
import { soonEnough } from '../support/deadline.js';
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
import { eventually } from '../support/eventually.js';
import { placesIn, readEvents } from '../support/read-events.js';

/** More than a reader of events could once be behind. */
const batches = 36;
const perBatch = 100;
/** Fewer than a bank may hold on one trade before it pays out. */
const perDocument = 50;
/** One more than a round at the portal once looked at. */
const newer = 201;
/** Who none of the people here is. */
const largeExporter = { scheme: 'LEGAL', id: 'LARGE-EXPORTER-1' } as const;

describe('a bank with thousands of claims that fall due together', () => {
  const made = new Set<string>();
  const dueDate = inDays(3);
  let before: string;
  let officer: Client;

  beforeAll(async () => {
    const customs = await customsOfficer();
    ({ officer } = await bank('A'));
    before = await placeNow(customs, officer);
    for (let batch = 0; batch < batches; batch++) {
      const facts = Array.from({ length: perBatch / perDocument }, () =>
        declaration({ seller: largeExporter }),
      );
      await Promise.all(facts.map((fact) => record(customs, fact)));
      const claims = facts.flatMap((fact) =>
        Array.from({ length: perDocument }, () =>
          claim(reference(fact), usd('1.00'), { enterprise: largeExporter, dueDate }),
        ),
      );
      const { body } = await officer.post('/claims/batch', { claims });
      for (const item of listAt(body, 'items')) made.add(textAt(item, 'claim.id'));
    }
  }, 300_000);

  it('has them all', () => {
    expect(made.size).toBe(batches * perBatch);
  });

  it('tells a reader of events who was away for all of it of every one', async () => {
    const { text } = await readEvents(officer, before, (said) => [...made].every((id) => said.includes(id)));
    expect(text).not.toContain('event: gap');
    const places = placesIn(text);
    expect(new Set(places).size).toBe(places.length);
  }, 120_000);

  it('has them in its list to the last, page by page', async () => {
    const listed = new Set<string>();
    let cursor: unknown;
    do {
      const query = new URLSearchParams({ limit: '200', dueBefore: inDays(4) });
      if (typeof cursor === 'string') query.set('cursor', cursor);
      const page = await officer.get(`/claims?${query.toString()}`);
      expect(page.status).toBe(200);
      for (const item of listAt(page.body, 'items')) listed.add(textAt(item, 'id'));
      cursor = page.body['next'];
    } while (cursor !== undefined);
    expect([...made].filter((id) => !listed.has(id))).toEqual([]);
  }, 120_000);
});

describe('a financing request whose deadline comes while two hundred newer ones are open', () => {
  it('is closed by itself, and its offer opened', async () => {
    const [customs, { officer }] = [await customsOfficer(), await bank('A')];
    const [mine, theirs] = [
      await person('EnterpriseMSP', 'exporter-1'),
      await person('EnterpriseMSP', 'exporter-2'),
    ];
    const begun = performance.now();
    const need = await needOf(customs, exporter);
    const deadline = soonEnough(performance.now() - begun);
    const id = textAt((await mine.post('/financing-requests', { ...need, deadline })).body, 'id');
    await eventually(async () => (await officer.get(`/financing-requests/${id}`)).status === 200);
    const offer = { amount: usd('600.00'), rate: '3.20', validUntil: inDays(10) };
    expect((await officer.post(`/financing-requests/${id}/offers`, offer)).status).toBe(201);
    const other = await needOf(customs, otherExporter);
    const statuses = new Set<number>();
    for (let posted = 0; posted < newer; posted += 20) {
      const answers = await Promise.all(
        Array.from({ length: Math.min(20, newer - posted) }, () =>
          theirs.post('/financing-requests', { ...other, deadline: `${inDays(20)}T00:00:00.000Z` }),
        ),
      );
      for (const { status } of answers) statuses.add(status);
    }
    expect([...statuses]).toEqual([201]);
    await eventually(
      async () => listAt((await mine.get(`/financing-requests/${id}/offers`)).body, 'items').length === 1,
    );
  }, 180_000);
});

/** What a person of the portal needs money for, on a declaration of the enterprise. */
async function needOf(customs: Client, seller: PartyId): Promise<object> {
  const fact = declaration({ seller });
  await record(customs, fact);
  return {
    banks: ['BankAMSP'],
    amount: usd('600.00'),
    tenorDays: 90,
    product: 'discount',
    purpose: 'Working capital',
    highestRate: '4.00',
    lines: [{ document: reference(fact), amount: usd('600.00') }],
  };
}

/** Where the stream of events is when a claim of now has come. */
async function placeNow(customs: Client, officer: Client): Promise<string> {
  const fact = declaration({ seller: largeExporter });
  await record(customs, fact);
  const one = claim(reference(fact), usd('1.00'), { enterprise: largeExporter });
  const id = textAt((await officer.post('/claims', one)).body, 'id');
  const { text } = await readEvents(officer, '0-0-0', (said) => said.includes(id));
  return placesIn(text).at(-1) ?? '';
}
