import type { ClaimState, Money } from '@pledgeonce/chaincode/api.js';
import type { DifferenceKind } from '@pledgeonce/chaincode/reconciliations/api.js';
import { formatMoney } from '@pledgeonce/chaincode/rules/money.js';
import type { BookedClaim } from '../projection/claim-versions.js';
import type { PlacedLine } from './read-book.js';

/** What one side says of a claim. */
export interface Said {
  readonly state?: ClaimState | undefined;
  readonly outstanding: Money;
  readonly dueDate?: string | undefined;
}

/** A document that allows less than when its claim was made. */
export interface LoweredDocument {
  readonly type: string;
  readonly number: string;
  readonly change: string;
  readonly at: string;
}

/** One claim on which the two do not agree, and in what. */
export interface Difference {
  readonly differs: readonly DifferenceKind[];
  /** Where it stands in the book; absent where the book lacks it. */
  readonly line?: number | undefined;
  readonly applicationNumber?: string | undefined;
  readonly claim?: string | undefined;
  readonly book?: Said | undefined;
  readonly registry?: Said | undefined;
  readonly documents?: readonly LoweredDocument[] | undefined;
}

/** In what a line and the registry's claim differ; a line is compared in what it says. */
export function comparedLine(
  { line, said, owed }: PlacedLine,
  claim: BookedClaim | undefined,
  documents: readonly LoweredDocument[],
): Difference | undefined {
  const { applicationNumber, state, dueDate } = said;
  const { currency } = said.outstanding;
  const book: Said = {
    ...(state !== undefined && { state }),
    outstanding: formatMoney(owed, currency),
    ...(dueDate !== undefined && { dueDate }),
  };
  if (claim === undefined)
    return { differs: ['only-book'], line, applicationNumber, claim: said.claim, book };
  const differs: DifferenceKind[] = [
    ...(state === undefined || state === claim.state ? [] : (['state'] as const)),
    ...(owed === claim.owed && currency === claim.currency ? [] : (['outstanding'] as const)),
    ...(dueDate === undefined || dueDate === claim.dueDate ? [] : (['due-date'] as const)),
    ...(documents.length === 0 ? [] : (['document-lowered'] as const)),
  ];
  if (differs.length === 0) return undefined;
  return {
    differs,
    line,
    applicationNumber: claim.applicationNumber,
    claim: claim.id,
    book,
    registry: saidOf(claim),
    ...(documents.length > 0 && { documents }),
  };
}

/** A live claim that the book does not have. */
export function missingLine(claim: BookedClaim): Difference {
  const { applicationNumber, id } = claim;
  return { differs: ['only-registry'], applicationNumber, claim: id, registry: saidOf(claim) };
}

function saidOf({ state, owed, currency, dueDate }: BookedClaim): Said {
  return { state, outstanding: formatMoney(owed, currency), dueDate };
}
