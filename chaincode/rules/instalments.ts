/** One part of what a document asks for, on its day. */
export interface Instalment {
  /** RFC 3339 date. */
  readonly dueDate: string;
  /** Minor units of the document's currency. */
  readonly amount: bigint;
}

/** What lies on a document already, in its currency. */
export interface Against {
  /** Repaid from the proceeds, for good. */
  readonly consumed: bigint;
  /** Live draws, and until when each loan runs; one without a day is repaid last. */
  readonly draws: readonly { readonly amount: bigint; readonly due?: string | undefined }[];
}

/**
 * What a loan that falls due on a day may still draw of a document that is paid in instalments: by no day may more fall due of
 * loans than the buyer owes by then. What was paid is taken to be what fell due first, so that nobody lends on it again.
 *
 * @param instalments by their days.
 * @returns never less than nothing; undefined where no instalment falls due by that day.
 */
export function leftUntil(
  instalments: readonly Instalment[],
  against: Against,
  day: string,
): bigint | undefined {
  const place = placeOf(instalments, day);
  if (place < 0) return undefined;
  const lefts = owedBy(instalments).map((owed, until) => {
    const paid = against.consumed < owed ? against.consumed : owed;
    return owed - paid - lentUntil(instalments, against, until);
  });
  const least = lefts.slice(place).reduce((one, other) => (other < one ? other : one));
  return least > 0n ? least : 0n;
}

/**
 * Whether the loans that fall due by a day, and by each later one, are no more than what the buyer owes by then. Of what was
 * paid it is not asked which instalment it was: a loan that stands is not put in doubt by that.
 */
export function isOwedInTime(
  instalments: readonly Instalment[],
  draws: Against['draws'],
  day: string,
): boolean {
  const place = placeOf(instalments, day);
  if (place < 0) return false;
  return owedBy(instalments)
    .slice(place)
    .every((owed, index) => lentUntil(instalments, { draws }, place + index) <= owed);
}

/** The last instalment that falls due by a day; -1 for none. */
function placeOf(instalments: readonly Instalment[], day: string): number {
  return instalments.findLastIndex(({ dueDate }) => dueDate <= day);
}

/** What is owed by the day of each instalment. */
function owedBy(instalments: readonly Instalment[]): readonly bigint[] {
  let owed = 0n;
  return instalments.map(({ amount }) => (owed += amount));
}

/** What loans that are repaid before the instalment after this one draw together. */
function lentUntil(
  instalments: readonly Instalment[],
  { draws }: Pick<Against, 'draws'>,
  until: number,
): bigint {
  const last = instalments.length - 1;
  return draws
    .filter(({ due }) => (due === undefined ? last : placeOf(instalments, due)) <= until)
    .reduce((sum, { amount }) => sum + amount, 0n);
}
