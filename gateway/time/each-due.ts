/** What a round goes through: a list that may be longer than one page of it. */
export interface DueList<T, P> {
  /** What comes behind a place, in the order in which it is due; empty at the end. */
  readonly page: (after: P | undefined) => readonly T[];
  readonly placeOf: (item: T) => P;
  readonly attend: (item: T) => Promise<void>;
  /** One that cannot be attended to now: the others are, and the next round tries it again. */
  readonly failed: (error: unknown, item: T) => void;
  /** How many are attended to at the same time: one unless told, and then in their order. */
  readonly atOnce?: number;
}

/**
 * Attends to everything that is due, to the end of the list. The rule for whatever is looped over: what is due comes
 * first, by an index; pages follow one another until there is none; and what fails holds up nothing behind it.
 */
export async function eachDue<T, P>({
  page,
  placeOf,
  attend,
  failed,
  atOnce = 1,
}: DueList<T, P>): Promise<void> {
  const attendTo = async (item: T) => {
    try {
      await attend(item);
    } catch (error) {
      failed(error, item);
    }
  };
  for (let items = page(undefined); items.length > 0;) {
    for (let start = 0; start < items.length; start += atOnce) {
      await Promise.all(items.slice(start, start + atOnce).map(attendTo));
    }
    const last = items.at(-1);
    items = last === undefined ? [] : page(placeOf(last));
  }
}
