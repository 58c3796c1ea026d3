import type { Version } from './version.js';

/** The ledger has a private key, but this organisation does not hold that version of its value. */
export class PrivateDataUnavailable extends Error {
  override readonly name = 'PrivateDataUnavailable';

  constructor(onLedger: Version, held: Version | undefined) {
    super(
      `private data matching public hash version is not available. Public hash version = ${show(onLedger)}, Private data version = ${show(held)}`,
    );
  }
}

function show(version: Version | undefined): string {
  return version === undefined ? '<nil>' : `{BlockNum: ${version.block}, TxNum: ${version.tx}}`;
}
