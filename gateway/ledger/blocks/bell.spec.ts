import { pino } from 'pino';
import { Bell, type Announcements } from './bell.js';

const silent = pino({ level: 'silent' });

/** An orderer that announces what it is told to, until its stream is closed. */
class Orderer {
  isClosed = false;
  readonly #announced: number[] = [];
  #wake: () => void = () => undefined;

  announce(number: number): void {
    this.#announced.push(number);
    this.#wake();
  }

  open = (): Promise<Announcements> => {
    const close = () => {
      this.isClosed = true;
      this.#wake();
    };
    const announcements = async function* (this: Orderer): AsyncGenerator<number> {
      while (!this.isClosed) {
        const next = this.#announced.shift();
        if (next !== undefined) yield next;
        else await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    };
    return Promise.resolve({ close, [Symbol.asyncIterator]: announcements.bind(this) });
  };
}

describe('the bell', () => {
  let orderer: Orderer;
  let failures: number;
  let bell: Bell;
  beforeEach(() => {
    orderer = new Orderer();
    failures = 0;
    bell = new Bell([orderer.open], silent, () => {
      failures += 1;
    });
  });
  afterEach(() => bell.stop());

  it('wakes whoever waits when a block is announced, and knows which', async () => {
    bell.start();
    const woken = bell.rung(60_000, new AbortController().signal);
    orderer.announce(7);
    await woken;
    expect(bell).toMatchObject({ latest: 7, isHeard: true });
  });

  it('ends at once when it is stopped while a stream is being opened, and closes that stream', async () => {
    bell.start();
    await bell.stop();
    expect({ isClosed: orderer.isClosed, failures }).toEqual({ isClosed: true, failures: 0 });
  });

  it('ends at once when it is stopped while it listens', async () => {
    bell.start();
    orderer.announce(1);
    await bell.rung(60_000, new AbortController().signal);
    await bell.stop();
    expect(orderer.isClosed).toBe(true);
  });
});
