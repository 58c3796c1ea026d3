import { pino } from 'pino';
import { type BlockVerdicts, CommitWatcher } from './commit-watcher.js';

function block(number: number, ...transactions: [id: string, code: 0 | 9 | 11][]): BlockVerdicts {
  return { number, verdicts: transactions.map(([transactionId, code]) => ({ transactionId, code })) };
}

/** A peer that delivers when the test says so, and can hang up. */
class Peer {
  readonly asked: (number | undefined)[] = [];
  #push: (next: BlockVerdicts | Error) => void = () => undefined;

  readonly open = (start: number | undefined) => {
    this.asked.push(start);
    const queue: (BlockVerdicts | Error)[] = [];
    let wake: () => void = () => undefined;
    this.#push = (next) => {
      queue.push(next);
      wake();
    };
    let isOpen = true;
    async function* blocks() {
      while (isOpen) {
        const next = queue.shift();
        if (next instanceof Error) throw next;
        if (next !== undefined) yield next;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    }
    const close = () => {
      isOpen = false;
      wake();
    };
    return Promise.resolve(Object.assign(blocks(), { close }));
  };

  deliver(next: BlockVerdicts | Error): void {
    this.#push(next);
  }
}

const tick = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('watching commits', () => {
  let source: Peer;
  let watcher: CommitWatcher;

  beforeEach(async () => {
    source = new Peer();
    watcher = new CommitWatcher(source.open, pino({ level: 'silent' }));
    watcher.start();
    await tick();
  });

  afterEach(() => watcher.stop());

  it('resolves every waiter of a transaction, and nobody else', async () => {
    const waits = [watcher.wait('a', 1_000), watcher.wait('a', 1_000), watcher.wait('b', 50)];
    source.deliver(block(5, ['a', 11]));
    await expect(Promise.all(waits)).resolves.toEqual([
      { code: 11, blockNumber: 5 },
      { code: 11, blockNumber: 5 },
      undefined,
    ]);
  });

  it('remembers a block that was faster than its waiter, and the first verdict', async () => {
    source.deliver(block(5, ['a', 0]));
    source.deliver(block(6, ['a', 11]));
    await tick();
    await expect(watcher.wait('a', 10)).resolves.toEqual({ code: 0, blockNumber: 5 });
    expect(watcher.latestBlock).toBe(6);
  });

  it('takes no duplicate for the verdict: what was decided before it began it does not know', async () => {
    const waits = [watcher.wait('a', 60_000), watcher.wait('b', 60_000)];
    source.deliver(block(5, ['a', 9], ['b', 0], ['b', 9]));
    await expect(Promise.all(waits)).resolves.toEqual([undefined, { code: 0, blockNumber: 5 }]);
    expect([watcher.find('a'), watcher.find('b')]).toEqual([undefined, { code: 0, blockNumber: 5 }]);
  });

  it('is connected when a stream holds, not when one is opened', async () => {
    const opened = new Peer();
    const fresh = new CommitWatcher(opened.open, pino({ level: 'silent' }));
    fresh.start();
    // At once, and not after a tick: a machine that is busy may take longer over it than a stream to settle.
    expect(opened.asked).toHaveLength(1);
    expect(fresh.connected).toBe(false);
    while (!fresh.connected) await tick();
    await fresh.stop();
  });

  it('reconnects where it was, and misses nothing', async () => {
    source.deliver(block(5, ['a', 0]));
    await tick();
    expect(watcher.connected).toBe(true);
    const wait = watcher.wait('b', 2_000);
    source.deliver(new Error('peer gone'));
    while (watcher.connected) await new Promise(setImmediate);
    while (source.asked.length < 2) await tick();
    expect(source.asked).toEqual([undefined, 6]);
    source.deliver(block(6, ['b', 0]));
    await expect(wait).resolves.toEqual({ code: 0, blockNumber: 6 });
  });
});
