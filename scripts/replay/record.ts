import { existsSync, readFileSync } from 'node:fs';
import { writeWhole } from '@pledgeonce/network/write-whole.js';
import { z } from 'zod';
import { chunksOf, financingsIn, perChunk, type Plan } from './plan.js';

/** How many parts the figures of a replay have. */
export const parts = 10;

const memorySchema = z.strictObject({ network: z.number(), chaincode: z.number(), gateways: z.number() });

const figureSchema = z.strictObject({
  /** Financings that had been played at its end. */
  financings: z.number().int(),
  /** Seconds that this part took while somebody played. */
  seconds: z.number(),
  memoryMb: memorySchema,
  diskMb: z.number(),
});
export type ReplayFigure = z.infer<typeof figureSchema>;

/** Financings a second in each part, in order. */
export function ratesOf(figures: readonly ReplayFigure[]): readonly number[] {
  return figures.map(({ financings, seconds }, index) => {
    const played = financings - (figures[index - 1]?.financings ?? 0);
    return seconds === 0 ? 0 : played / seconds;
  });
}

const recordSchema = z.strictObject({
  plan: z.strictObject({ seed: z.string(), financings: z.number().int().positive(), begunAt: z.number() }),
  /** Chunks that are played to their end, in any order. */
  done: z.array(z.number().int().nonnegative()),
  /** Seconds of the part that is not at its end yet. */
  seconds: z.number(),
  figures: z.array(figureSchema),
});

/** How far a replay is: kept on disk after each chunk, so that it can be taken up again. */
export class ReplayRecord {
  readonly #file: string;
  readonly #state: z.infer<typeof recordSchema>;

  private constructor(file: string, state: z.infer<typeof recordSchema>) {
    this.#file = file;
    this.#state = state;
  }

  /**
   * Takes up what is there, or begins.
   *
   * @throws Error when what is there was begun with another number of financings.
   */
  static open(file: string, plan: Plan): ReplayRecord {
    if (!existsSync(file)) return new ReplayRecord(file, { plan, done: [], seconds: 0, figures: [] });
    const state = recordSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    if (state.plan.financings !== plan.financings) {
      throw new Error(`A replay of ${state.plan.financings} financings has begun here.`);
    }
    return new ReplayRecord(file, state);
  }

  get plan(): Plan {
    return this.#state.plan;
  }

  get figures(): readonly ReplayFigure[] {
    return this.#state.figures;
  }

  get chunksDone(): number {
    return this.#state.done.length;
  }

  get financingsDone(): number {
    const { done, plan } = this.#state;
    const last = chunksOf(plan) - 1;
    // Only the last chunk may be smaller.
    const missing = done.includes(last) ? perChunk - financingsIn(plan, last).length : 0;
    return done.length * perChunk - missing;
  }

  /** Chunks that are still to be played, in order. */
  get left(): readonly number[] {
    const done = new Set(this.#state.done);
    return Array.from({ length: chunksOf(this.plan) }, (_, chunk) => chunk).filter(
      (chunk) => !done.has(chunk),
    );
  }

  /** Whether a part is at its end, whose figures are not taken yet. */
  get isDue(): boolean {
    const all = chunksOf(this.plan);
    return this.chunksDone >= Math.ceil((all * (this.figures.length + 1)) / parts);
  }

  /** @param seconds that have passed since the last note. */
  played(chunk: number, seconds: number): void {
    this.#state.done.push(chunk);
    this.#state.seconds += seconds;
    this.#keep();
  }

  note(what: Pick<ReplayFigure, 'memoryMb' | 'diskMb'>): ReplayFigure {
    const figure = { financings: this.financingsDone, seconds: this.#state.seconds, ...what };
    this.#state.figures.push(figure);
    this.#state.seconds = 0;
    this.#keep();
    return figure;
  }

  #keep(): void {
    writeWhole(this.#file, JSON.stringify(this.#state));
  }
}
