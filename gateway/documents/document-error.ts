import { errorTable, type ErrorCode } from '@pledgeonce/chaincode/errors.js';

/** Why a file, or one row of it, cannot become a fact. The codes are those of the ledger, so that a client learns one table. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';

  constructor(
    readonly code: ErrorCode,
    /** Element or column that is at fault, in the words of the file's own format. */
    readonly field: string,
    readonly detail: string = errorTable[code].sentence,
  ) {
    super(`${code}: ${detail}`);
  }
}
