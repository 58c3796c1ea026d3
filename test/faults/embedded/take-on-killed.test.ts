import { randomInt } from 'node:crypto';
import type { FactInput } from '@pledgeonce/chaincode/api.js';
import { signIn } from '@pledgeonce/scripts/rest/client.js';
import { at, listAt, moneyAt } from '@pledgeonce/scripts/rest/json.js';
import { BlockReader } from '../../acceptance/support/block-reader.js';
import { consortium } from '../../acceptance/support/consortium.js';
import { declaration, inDays, record, usd, verify } from '../../acceptance/support/documents.js';
import { chainHeight } from '../nothing-lost.js';
import { type Brought, bringThrough, Moments } from '../broken-load.js';
import { chaincodeServers } from './processes.js';

const network = () => consortium().processes.network ?? -1;
/** What is killed, in turn, each at a moment that the seed decides. */
const victims: readonly (() => readonly number[])[] = [
  () => consortium().processes.gateways,
  () => chaincodeServers(network()),
  () => [network()],
  () => [...consortium().processes.gateways, network()],
];
const seed = Number(process.env['FAULTS_SEED'] ?? randomInt(1e9));

/** Issue 19: killed at any moment of a load and sent again, nothing comes twice and nothing is lost. */
describe(`a load that is killed again and again (FAULTS_SEED=${seed})`, () => {
  it('of a bank’s book: each loan is one claim, written once, and draws once', async () => {
    const recorded = Array.from({ length: 60 }, () => declaration());
    const customs = await signIn(consortium(), 'CustomsMSP', 'officer');
    await Promise.all(recorded.map((fact) => record(customs, fact)));
    const awaited = Array.from({ length: 20 }, () => declaration());
    // Two shares of each document, on lines that are far apart.
    const book = [...recorded, ...awaited, ...recorded].map(loanOn);
    await openWindow();
    const since = await chainHeight();
    const { last, acknowledged } = await bringThrough({
      path: '/take-on',
      person: ['BankAMSP', 'approver'],
      lines: book,
      moments: new Moments(seed, victims, book.length),
      isDone: ({ status }) => status === 'taken-on',
    });
    const ids = last.map(({ id }) => id);
    expect(new Set(ids).size).toBe(book.length);
    // What was acknowledged once is what stands in the end.
    for (const [place, known] of acknowledged) expect([...known]).toEqual([ids[place]]);
    expect(await versionsOnChain('claim', since)).toEqual(new Map(ids.map((id) => [id, 1])));
    const officer = await signIn(consortium(), 'BankAMSP', 'officer');
    for (const fact of recorded) {
      const { body } = await verify(officer, fact);
      expect([at(body, 'liveDraws'), moneyAt(body, 'remaining')]).toEqual([2, usd('800.00')]);
    }
    const waiting = await officer.get('/take-on/unmatched?limit=200');
    expect(
      listAt(waiting.body, 'items')
        .map(({ id }) => id)
        .sort(),
    ).toEqual(ids.slice(recorded.length, recorded.length + awaited.length).sort());
  }, 300_000);

  it('of an authority’s past: each document and each change of it is on record once', async () => {
    const facts = Array.from({ length: 60 }, () => declaration());
    const changes = facts.flatMap((fact, place) => changesOf(fact, place));
    // Every change before its document, so that all of them have to wait.
    const items = [...changes, ...facts];
    const since = await chainHeight();
    const { last } = await bringThrough({
      path: '/facts/import?past=true',
      person: ['CustomsMSP', 'officer'],
      lines: items,
      moments: new Moments(seed + 1, victims.slice(0, 2), items.length),
      isDone: ({ status = '' }) => ['recorded', 'amended', 'cancelled'].includes(status),
    });
    const ids = last.slice(changes.length).map(({ id }) => id);
    const expected = new Map(
      ids.map((id, place) => [id, 1 + changesOf(facts[place] ?? declaration(), place).length]),
    );
    expect(await versionsOnChain('fact', since)).toEqual(expected);
  }, 300_000);
});

/** A tenth of a document. */
function loanOn(fact: FactInput) {
  const { scheme, id } = fact.seller;
  return {
    reference: `LN-${randomInt(1e12)}`,
    enterprise: { scheme, id },
    product: 'invoice',
    amount: usd('100.00'),
    outstanding: usd('100.00'),
    lines: [{ document: { type: fact.type, number: fact.number }, amount: usd('100.00') }],
    paidOutOn: '2026-03-15',
    dueDate: inDays(90),
  };
}

/** Of three documents one was amended and one cancelled, long ago. */
function changesOf({ number }: FactInput, place: number): object[] {
  const why = { on: '2026-01-05', reason: 'Long ago.' };
  const document = { type: 'customs-declaration', number };
  if (place % 3 === 0) return [{ amends: document, changes: { total: usd('700.00') }, ...why }];
  return place % 3 === 1 ? [{ cancels: document, ...why }] : [];
}

async function openWindow(): Promise<void> {
  const regulator = await signIn(consortium(), 'RegulatorMSP', 'officer');
  const terms = { cutOff: inDays(0), until: inDays(30), banks: ['BankAMSP'] };
  const { status, body } = await regulator.post('/take-on/windows', terms);
  expect(status).toBe(201);
  const approver = await signIn(consortium(), 'RegulatorMSP', 'approver');
  expect((await approver.post(`/take-on/windows/${Number(at(body, 'number'))}/opening`, {})).status).toBe(
    200,
  );
}

/** How many versions valid transactions have written of each record of a kind. */
async function versionsOnChain(kind: string, since: bigint): Promise<ReadonlyMap<Brought['id'], number>> {
  const reader = await BlockReader.open(consortium());
  try {
    const found = new Map<string, number>();
    for (const { isValid, writes } of await reader.transactions(since)) {
      for (const key of isValid ? writes.keys() : []) {
        const id = key.startsWith(`${kind}~`) ? key.slice(kind.length + 1) : undefined;
        if (id !== undefined) found.set(id, (found.get(id) ?? 0) + 1);
      }
    }
    return found;
  } finally {
    reader.close();
  }
}
