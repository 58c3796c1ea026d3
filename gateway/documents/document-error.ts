import { problemTable, type ProblemCode } from '../api/errors.js';

/** Why a file, or one row of it, cannot become a fact. The codes are those of the API, so that a client learns one table. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';

  constructor(
    readonly code: ProblemCode,
    /** Element or column that is at fault, in the words of the file's own format. */
    readonly field: string,
    readonly detail: string = problemTable[code].sentence,
  ) {
    super(`${code}: ${detail}`);
  }
}
