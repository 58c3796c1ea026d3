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
