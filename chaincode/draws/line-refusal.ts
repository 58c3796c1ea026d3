import { type ErrorCode, errorTable, type LineError } from '../errors.js';

/** Why a line cannot be drawn. */
export class LineRefusal extends Error {
  readonly reason: Omit<LineError, 'list' | 'line'>;

  constructor(code: ErrorCode, more: Partial<LineError> = {}) {
    super(code);
    this.reason = { code, detail: errorTable[code].sentence, ...more };
  }
}
