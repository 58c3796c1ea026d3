import { Session, type Profiler } from 'node:inspector/promises';

/** What V8 has seen of the gateway's own code, block by block. */
export class Coverage {
  readonly #session = new Session();
  readonly #seen = new Set<string>();

  async start(): Promise<void> {
    this.#session.connect();
    await this.#session.post('Profiler.enable');
    await this.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }

  get blocks(): number {
    return this.#seen.size;
  }

  /** How many blocks ran since it was asked last that had never run before. */
  async news(): Promise<number> {
    const { result } = await this.#session.post('Profiler.takePreciseCoverage');
    const before = this.#seen.size;
    for (const script of result) {
      if (!isOurs(script)) continue;
      for (const { ranges } of script.functions)
        for (const { startOffset, endOffset, count } of ranges)
          if (count > 0) this.#seen.add(`${script.scriptId} ${startOffset} ${endOffset} ${bucketOf(count)}`);
    }
    return this.#seen.size - before;
  }

  stop(): void {
    this.#session.disconnect();
  }
}

function isOurs({ url }: Profiler.ScriptCoverage): boolean {
  return (
    url.includes('/gateway/dist/') ||
    url.includes('/chaincode/dist/') ||
    /node_modules\/(saxes|yauzl)/.test(url)
  );
}

/** Once, a few times, often: a loop that goes round otherwise is new. */
function bucketOf(count: number): number {
  return Math.min(6, Math.floor(Math.log2(count)));
}
