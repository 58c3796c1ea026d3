/** What is on the disk is not what this ledger has written there. Nothing is served from it. */
export class LedgerDamaged extends Error {
  override readonly name = 'LedgerDamaged';

  /**
   * @param what is damaged, and how that is known.
   * @param block the block that wrote it, where that can be told.
   */
  constructor(
    what: string,
    readonly block?: number,
    cause?: unknown,
  ) {
    super(what, { cause });
  }
}
