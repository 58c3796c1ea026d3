/** What somebody asked of the balance of one document, in minor units. */
export type Asked =
  { readonly kind: 'draw' | 'release'; readonly amount: bigint } | { readonly kind: 'read' };

/**
 * What they were told. `open`: nothing; it may have happened at any time after it was asked, or not at all. A number: what
 * is left.
 */
export type Told = 'done' | 'refused' | 'open' | bigint;

/** One request and its answer, in a history of one document. */
export interface Operation {
  /** Who asked: nobody asks twice at the same time. */
  readonly client: number;
  readonly asked: Asked;
  readonly told: Told;
  /** When it was sent and when it was answered, milliseconds on one clock. */
  readonly from: number;
  readonly until: number;
}

/** All operations on one document. */
export interface History {
  readonly document: string;
  /** What it had at the beginning, in minor units. */
  readonly total: bigint;
  readonly operations: readonly Operation[];
}

/**
 * What is left after an operation that is told so.
 *
 * @returns undefined where nobody could have been told that.
 */
export function after(left: bigint, { asked, told }: Pick<Operation, 'asked' | 'told'>): bigint | undefined {
  if (asked.kind === 'read') return told === left ? left : undefined;
  if (asked.kind === 'release') return told === 'refused' ? undefined : left + asked.amount;
  const fits = asked.amount <= left;
  if (told === 'refused') return fits ? undefined : left;
  return fits ? left - asked.amount : undefined;
}
