import { Coalescer } from './coalescer.js';
import type { SendBatch } from './coalescer.js';

type Verdicts = readonly PromiseSettledResult<string>[];

/** A ledger that answers when the test says so. */
class Stage {
  readonly sent: { lane: string; values: readonly string[]; answer: (verdicts?: Verdicts) => void }[] = [];

  readonly send: SendBatch<string, string> = (lane, values) =>
    new Promise((resolve) => {
      this.sent.push({
        lane,
        values,
        answer: (verdicts = values.map((value) => ({ status: 'fulfilled', value: `ok ${value}` }))) => {
          resolve(verdicts);
        },
      });
    });

  values(): (readonly string[])[] {
    return this.sent.map(({ values }) => values);
  }

  answer(index: number, verdicts?: Verdicts): void {
    this.sent[index]?.answer(verdicts);
  }
}

const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
const item = (value: string, lane = 'officer', touches: string[] = []) => ({ lane, touches, value });
const limits = { itemsPerBatch: 3, touchesPerBatch: 100, batchesPerLane: 1 };

describe('joining items into batches', () => {
  it('sends a lonely item at once and gives it its verdict', async () => {
    const stage = new Stage();
    const verdict = new Coalescer(stage.send, limits).add(item('a'));
    await turn();
    expect(stage.values()).toEqual([['a']]);
    stage.answer(0);
    await expect(verdict).resolves.toBe('ok a');
  });

  it('joins no more than may be touched together; what touches more travels alone', async () => {
    const stage = new Stage();
    const coalescer = new Coalescer(stage.send, { ...limits, itemsPerBatch: 9, touchesPerBatch: 4 });
    const things = (name: string, count: number) => Array.from({ length: count }, (_, at) => `${name}${at}`);
    const verdicts = [
      coalescer.add(item('a', 'officer', things('a', 3))),
      coalescer.add(item('b', 'officer', things('b', 6))),
      coalescer.add(item('c', 'officer', things('c', 2))),
      coalescer.add(item('d', 'officer', things('d', 1))),
    ];
    for (const batch of [0, 1, 2]) {
      await turn();
      stage.answer(batch);
    }
    await Promise.all(verdicts);
    expect(stage.values()).toEqual([['a', 'd'], ['b'], ['c']]);
  });

  it('joins no more than one message takes; what is larger travels alone', async () => {
    const stage = new Stage();
    const coalescer = new Coalescer(stage.send, { ...limits, itemsPerBatch: 9, bytesPerBatch: 40 });
    const sized = (value: string, bytes: number) => ({ ...item(value), bytes });
    const verdicts = [sized('a', 30), sized('b', 60), sized('c', 20), sized('d', 10)].map((one) =>
      coalescer.add(one),
    );
    for (const batch of [0, 1, 2]) {
      await turn();
      stage.answer(batch);
    }
    await Promise.all(verdicts);
    expect(stage.values()).toEqual([['a', 'd'], ['b'], ['c']]);
  });

  it('joins what arrives while a batch is under way, up to the limit', async () => {
    const stage = new Stage();
    const coalescer = new Coalescer(stage.send, limits);
    const verdicts = [coalescer.add(item('a'))];
    await turn();
    verdicts.push(...['b', 'c', 'd', 'e'].map((value) => coalescer.add(item(value))));
    await turn();
    expect(stage.values()).toEqual([['a']]);
    stage.answer(0);
    await turn();
    expect(stage.values()).toEqual([['a'], ['b', 'c', 'd']]);
    stage.answer(1);
    await turn();
    stage.answer(2);
    await expect(Promise.all(verdicts)).resolves.toEqual(['ok a', 'ok b', 'ok c', 'ok d', 'ok e']);
  });

  it('never mixes two people in one batch, and does not make one wait for the other', async () => {
    const stage = new Stage();
    const coalescer = new Coalescer(stage.send, limits);
    void coalescer.add(item('a', 'anna'));
    void coalescer.add(item('b', 'bert'));
    await turn();
    expect(stage.sent.map(({ lane, values }) => [lane, values])).toEqual([
      ['anna', ['a']],
      ['bert', ['b']],
    ]);
  });

  it('holds an item back while what it touches is under way, even for another person', async () => {
    const stage = new Stage();
    const coalescer = new Coalescer(stage.send, { ...limits, batchesPerLane: 2 });
    void coalescer.add(item('first', 'anna', ['invoice 1']));
    await turn();
    void coalescer.add(item('rival', 'bert', ['invoice 1']));
    void coalescer.add(item('other', 'bert', ['invoice 2']));
    await turn();
    expect(stage.values()).toEqual([['first'], ['other']]);
    stage.answer(0);
    await turn();
    expect(stage.values()).toEqual([['first'], ['other'], ['rival']]);
  });

  it('lets one person draw twice on the same document within one batch', async () => {
    const stage = new Stage();
    const coalescer = new Coalescer(stage.send, limits);
    void coalescer.add(item('a', 'anna', ['invoice 1']));
    void coalescer.add(item('b', 'anna', ['invoice 1']));
    await turn();
    expect(stage.values()).toEqual([['a', 'b']]);
  });

  it('does not let later items overtake one that waits for several things', async () => {
    const stage = new Stage();
    const coalescer = new Coalescer(stage.send, { ...limits, batchesPerLane: 9 });
    void coalescer.add(item('holder', 'anna', ['x']));
    await turn();
    void coalescer.add(item('wants both', 'bert', ['x', 'y']));
    void coalescer.add(item('wants y', 'carl', ['y']));
    await turn();
    expect(stage.values()).toEqual([['holder']]);
    stage.answer(0);
    await turn();
    expect(stage.values()).toEqual([['holder'], ['wants both']]);
    stage.answer(1);
    await turn();
    expect(stage.values()).toEqual([['holder'], ['wants both'], ['wants y']]);
  });

  it('refuses one item without its neighbours', async () => {
    const stage = new Stage();
    const coalescer = new Coalescer(stage.send, limits);
    const good = coalescer.add(item('good'));
    const bad = coalescer.add(item('bad')).catch((error: unknown) => error);
    await turn();
    stage.answer(0, [
      { status: 'fulfilled', value: 'yes' },
      { status: 'rejected', reason: new Error('too much') },
    ]);
    await expect(good).resolves.toBe('yes');
    await expect(bad).resolves.toEqual(new Error('too much'));
  });

  it('tells everyone when the batch itself fails, and goes on with the rest', async () => {
    const coalescer = new Coalescer<string, string>(
      (_lane, values) =>
        values.includes('doomed')
          ? Promise.reject(new Error('network down'))
          : Promise.resolve(values.map((value) => ({ status: 'fulfilled', value }))),
      { ...limits, itemsPerBatch: 1 },
    );
    const doomed = coalescer.add(item('doomed')).catch((error: unknown) => error);
    await expect(coalescer.add(item('next'))).resolves.toBe('next');
    await expect(doomed).resolves.toEqual(new Error('network down'));
    expect(coalescer.waiting).toBe(0);
  });
});
