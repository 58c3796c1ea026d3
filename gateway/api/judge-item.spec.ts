import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FactView } from '@pledgeonce/chaincode/api.js';
import { LedgerError } from '@pledgeonce/chaincode/errors.js';
import { DurableStore } from '../storage/durable-store.js';
import { ImportVerdicts } from './import-verdicts.js';
import { judgeItem, type Import } from './judge-item.js';

describe('an item of an import', () => {
  let folder: string;
  let store: DurableStore;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pledgeonce-items-'));
    store = await DurableStore.open(folder);
  });
  afterAll(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  it('that is still under way when the import goes on is not sent once more: both are told the same', async () => {
    const placed: unknown[] = [];
    let answered: (answer: { view: FactView; transactionId: string }) => void = () => undefined;
    const answer = new Promise<{ view: FactView; transactionId: string }>((resolve) => {
      answered = resolve;
    });
    const signatory = { close: () => undefined, under: () => signatory, part: () => signatory };
    const work = {
      context: {
        facts: {
          place: (_lane: string, _signatory: unknown, fact: unknown) => {
            placed.push(fact);
            // What a ledger says to a document that it has already.
            return placed.length === 1 ? answer : Promise.reject(new LedgerError('FACT_EXISTS'));
          },
        },
        outbox: { steps: () => undefined },
        operations: {},
      },
      caller: { session: { person: { id: 'officer' } }, signatory },
      kept: new ImportVerdicts(store, 60_000).under('officer', 'the-import'),
    } as unknown as Import;
    const item = { fact: { number: 'slow' } };

    const [first, second] = [judgeItem(work, item, 0), judgeItem(work, item, 0)];
    answered({ view: { id: 'slow' } as FactView, transactionId: 'tx' });
    const recorded = { index: 0, status: 'recorded', id: 'slow', transactionId: 'tx' };
    expect(await Promise.all([first, second])).toEqual([recorded, recorded]);
    expect(await judgeItem(work, item, 0)).toEqual(recorded);
    expect(placed).toEqual([{ number: 'slow' }]);
  });
});
