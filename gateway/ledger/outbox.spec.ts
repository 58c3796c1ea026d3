import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DurableStore } from '../storage/durable-store.js';
import { LevelStore } from '../storage/level-store.js';
import { Outbox } from './outbox.js';
import type { OutboxParts } from './outbox.js';

const hour = 3_600_000;
const valid = { code: 0 };

describe('what is on its way to the orderers', () => {
  let folder: string;
  let store: DurableStore;
  let now: number;
  /** What the peers know. */
  let known: Map<string, { readonly code: number }>;
  /** Envelopes that were handed to the orderers again, and what comes of them. */
  let again: { readonly transactionId: string; readonly prepared: string }[];
  let verdict: OutboxParts['sendAgain'];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'outbox-'));
    store = await LevelStore.open(join(folder, 'store'));
    now = 1_000_000;
    known = new Map();
    again = [];
    verdict = () => Promise.resolve(valid);
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  const outbox = () =>
    new Outbox({
      store,
      lifeMs: hour,
      clock: () => now,
      find: (transactionId) => Promise.resolve(known.get(transactionId)),
      sendAgain: (transactionId, prepared) => {
        again.push({ transactionId, prepared: Buffer.from(prepared).toString() });
        return verdict(transactionId, prepared);
      },
    });

  /** The same disk under a new process. */
  async function killed(): Promise<Outbox> {
    await store.close();
    store = await LevelStore.open(join(folder, 'store'));
    return outbox();
  }

  const leaving = (transactionId: string, box: Outbox, request = 'claims/key-1') => ({
    transactionId,
    prepared: Buffer.from(`envelope of ${transactionId}`),
    steps: [{ step: box.steps(request).next(), output: { id: `answer of ${transactionId}` } }],
  });

  it('has places for each item of a request, which what becomes of the others does not move', () => {
    const steps = outbox().steps('batch/key-1');
    const [first, second] = ['0', '1'].map((name) => steps.part(name));
    const repeated = outbox().steps('batch/key-1').part('1');
    expect(repeated.next().key).toBe(second?.next().key);
    expect(first?.next().key).not.toBe(second?.next().key);
  });

  it('is found at its place by a repetition of the request, in another process too', async () => {
    const box = outbox();
    const [first, second] = [box.steps('claims/key-1'), box.steps('claims/key-2')];
    const steps = [first.next(), first.next(), second.next()];
    for (const [index, step] of steps.entries()) {
      const transactionId = `tx-${index}`;
      await box.keep({ transactionId, prepared: Buffer.from('e'), steps: [{ step, output: index }] });
    }
    const later = await killed();
    const [one, two] = [later.steps('claims/key-1'), later.steps('claims/key-2')];
    const found = await Promise.all(
      [one.next(), one.next(), one.next(), two.next()].map((step) => step.known()),
    );
    expect(found.map((step) => step && [step.transactionId, step.output])).toEqual([
      ['tx-0', 0],
      ['tx-1', 1],
      undefined,
      ['tx-2', 2],
    ]);
  });

  it('is not sent again when the network has it', async () => {
    const box = outbox();
    await box.keep(leaving('tx', box));
    known.set('tx', { code: 11 });
    expect(await (await killed()).settle('tx')).toEqual({ code: 11 });
    expect(again).toEqual([]);
  });

  it('is sent again, the very same envelope, when no peer knows it; and then no more', async () => {
    const box = outbox();
    await box.keep(leaving('tx', box));
    const later = await killed();
    expect(await later.settle('tx')).toEqual(valid);
    expect(again).toEqual([{ transactionId: 'tx', prepared: 'envelope of tx' }]);
    await later.settleAll(now);
    expect(again).toHaveLength(1);
    // Its answer stays for whoever repeats the request.
    expect(await later.steps('claims/key-1').next().known()).toMatchObject({ transactionId: 'tx' });
  });

  it('is sent once by all who ask at the same time', async () => {
    const box = outbox();
    await box.keep(leaving('tx', box));
    let answer: (found: typeof valid) => void = () => undefined;
    verdict = () => new Promise((resolve) => (answer = resolve));
    const settling = [box.settle('tx'), box.settle('tx'), box.settle('tx')];
    await new Promise((resolve) => setTimeout(resolve, 20));
    answer(valid);
    expect(await Promise.all(settling)).toEqual([valid, valid, valid]);
    expect(again).toHaveLength(1);
  });

  it('is what the first of it was, when only a duplicate came of sending it again', async () => {
    const box = outbox();
    await box.keep(leaving('tx-1', box));
    // In a block that no peer which answered had yet.
    verdict = (transactionId) => {
      known.set(transactionId, valid);
      return Promise.resolve(undefined);
    };
    await expect(box.settle('tx-1')).resolves.toEqual(valid);
    await expect(box.countOpen()).resolves.toBe(0);
  });

  it('stays open while the network gives no verdict', async () => {
    const box = outbox();
    await box.keep(leaving('tx', box));
    verdict = () => Promise.resolve(undefined);
    expect(await box.settle('tx')).toBeUndefined();
    verdict = () => Promise.resolve(valid);
    await box.settleAll(now);
    expect(again).toHaveLength(2);
  });

  it('is left alone while somebody waits for it', async () => {
    const box = outbox();
    await box.keep(leaving('old', box));
    now += 10_000;
    await box.keep(leaving('young', box, 'claims/key-2'));
    await box.settleAll(now - 5_000);
    expect(again.map(({ transactionId }) => transactionId)).toEqual(['old']);
  });

  it('that the orderers refused never was: its steps begin anew', async () => {
    const box = outbox();
    const one = leaving('tx', box);
    await box.keep(one);
    await box.withdrawn(
      'tx',
      one.steps.map(({ step }) => step),
    );
    const later = await killed();
    expect(await later.steps('claims/key-1').next().known()).toBeUndefined();
    expect(await later.settle('tx')).toBeUndefined();
    expect(again).toEqual([]);
  });

  it('that is decided is not kept, and nothing is forgotten before its time', async () => {
    const box = outbox();
    await box.keep(leaving('decided', box));
    await box.decided('decided');
    await box.keep(leaving('open', box, 'claims/key-2'));
    now += hour;
    await box.expire();
    expect(await box.steps('claims/key-1').next().known()).toMatchObject({ transactionId: 'decided' });
    await box.settleAll(now);
    expect(again.map(({ transactionId }) => transactionId)).toEqual(['open']);
    now += 1;
    expect(await box.steps('claims/key-1').next().known()).toBeUndefined();
    await box.expire();
    const left = [];
    for await (const [key] of store.entries('')) left.push(key);
    expect(left).toEqual([]);
  });
});
