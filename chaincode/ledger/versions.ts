import { z } from 'zod';
import type { LedgerEvent } from '../api.js';
import { instantText } from '../rules/dates.js';
import { type Address, at, copyOf, registry } from './addresses.js';
import type { Call } from './call.js';
import type { KeyedKind, RecordKind } from './records.js';
import type { UnitOfWork } from './unit-of-work.js';

/** What is kept version by version, as the events of the ledger name it. */
export type Thing = LedgerEvent['changes'][number]['kind'];

/** What every member of the channel learns of a version: that there is one, and in which state. */
export interface Version {
  readonly id: string;
  /** Counts the versions, from 1. */
  readonly seq: number;
  readonly state: string;
}

const publicShape = z.strictObject({ state: z.string(), seq: z.number() });
/** A public line: the state and number of its latest version, in every peer's state and history. */
export const publicState: RecordKind<z.infer<typeof publicShape>> = {
  name: 'public state',
  shape: publicShape,
  upgrades: [],
};

/** The public line of things of one kind, whose versions are kept elsewhere. */
export class PublicLine {
  readonly thing: Thing;
  readonly #kind: KeyedKind<z.infer<typeof publicShape>>;

  constructor(thing: Thing) {
    this.thing = thing;
    this.#kind = { ...publicState, letters: thing };
  }

  readonly at = (id: string): Address<z.infer<typeof publicShape>> => at(undefined, this.#kind, id);

  /** Writes the line of a new version, and tells the event of the transaction. */
  announce(work: UnitOfWork, { id, state, seq }: Version): void {
    work.write(this.at(id), { state, seq });
    work.changed({ kind: this.thing, id, state, seq });
  }
}

/**
 * The one way in which something that parties hold is kept: of each version a copy for each of them, under a key of its own
 * that bears its holder's tag, never overwritten, and one public line that says which version is the latest.
 */
export class Versions<T extends Version> {
  readonly record: KeyedKind<T>;
  readonly line: PublicLine;

  constructor(thing: Thing, record: KeyedKind<T>) {
    this.record = record;
    this.line = new PublicLine(thing);
  }

  /** @param holder the organisation whose copy it is. */
  at(holder: string, id: string, seq: number): Address<T> {
    return copyOf(holder, this.record, id, seq);
  }

  /** The latest version, as a holder has it. Reading the public line makes every change meanwhile a conflict. */
  async latest(work: UnitOfWork, holder: string, id: string): Promise<T | undefined> {
    const line = await work.read(this.line.at(id));
    return line && work.read(this.at(holder, id, line.seq));
  }

  /**
   * Writes a version for each of its holders, and announces it.
   *
   * @param copyFor what a holder gets to see of it; the whole where this is left out.
   */
  write(work: UnitOfWork, version: T, holders: readonly string[], copyFor?: (holder: string) => T): void {
    for (const holder of holders) {
      work.write(this.at(holder, version.id, version.seq), copyFor?.(holder) ?? version);
    }
    this.line.announce(work, version);
  }
}

/** What is read of versions to know whether there is one, and which. */
export type ReadVersions<T extends Version> = Pick<Versions<T>, 'line' | 'at' | 'latest'>;

/** The same of what the government nodes hold whole: its parties' copies may say less. */
export class GovernedVersions<T extends Version> extends Versions<T> {
  /** The whole records, whichever holder is asked of. */
  readonly whole: ReadVersions<T> = {
    line: this.line,
    at: (_holder, id, seq) => this.wholeAt(id, seq),
    latest: (work, _holder, id) => this.latestWhole(work, id),
  };

  /** The whole record. */
  wholeAt(id: string, seq: number): Address<T> {
    return at(registry, this.record, id, seq);
  }

  /** The latest version as a whole; reading it makes every change meanwhile a conflict, as {@link latest} does. */
  async latestWhole(work: UnitOfWork, id: string): Promise<T | undefined> {
    const line = await work.read(this.line.at(id));
    return line && work.read(this.wholeAt(id, line.seq));
  }

  override write(
    work: UnitOfWork,
    version: T,
    holders: readonly string[],
    copyFor?: (holder: string) => T,
  ): void {
    work.write(this.wholeAt(version.id, version.seq), version);
    super.write(work, version, holders, copyFor);
  }
}

/** The version after this one, at the time of the proposal. */
export function nextVersion<T extends Version & { readonly updatedAt: string }>(
  { now }: Pick<Call, 'now'>,
  version: T,
  changes: Partial<T>,
): T {
  return { ...version, ...changes, seq: version.seq + 1, updatedAt: instantText(now) };
}
