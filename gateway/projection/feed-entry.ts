/** One line of the feed, in the order of the ledger. */
export interface FeedEntry {
  /** `block-position-part`, from which a reader resumes. */
  readonly id: string;
  readonly kind: 'alert' | 'change';
  readonly time: string;
  readonly content: unknown;
  /** At the portal: the only enterprise whose people hear of it. */
  readonly enterprise?: string | undefined;
}

/** Puts ids of entries in the order of the ledger: less than nothing where the first comes before the other. */
export function compareEntries(one: string, other: string): number {
  const [a = [], b = []] = [one, other].map((id) => id.split('-').map(Number));
  const place = a.findIndex((part, index) => part !== b[index]);
  return place < 0 ? 0 : (a[place] ?? 0) - (b[place] ?? 0);
}
