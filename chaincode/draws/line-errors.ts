import { LedgerError, type LineError, mostSevere } from '../errors.js';
import type { LineList } from '../schemas.js';
import type { DrawnLine } from './records.js';

/** Where a line of a claim stands in the lists of a request. */
export function placeOf(
  { lines }: { readonly lines: readonly DrawnLine[] },
  line: DrawnLine,
): Pick<LineError, 'list' | 'line'> {
  return { list: listOf(line), line: lines.filter(({ role }) => role === line.role).indexOf(line) };
}

function listOf({ role }: DrawnLine): LineList {
  return role === 'cover' || role === 'collateral' ? role : 'lines';
}

/** @throws LedgerError the most severe of the reasons, with all of them. */
export function throwWorst(failures: readonly LineError[]): void {
  const worst = mostSevere(failures);
  if (worst !== undefined) throw new LedgerError(worst.code, { detail: worst.detail, lines: failures });
}
