import type { FactInput } from '@pledgeonce/chaincode/api.js';
import type { ProblemCode } from '../api/errors.js';

/** One row of a table, or the whole of a single document, that cannot be recorded. */
export interface Refusal {
  /** Counts from 1, without the heading; 1 for a file that holds one document. */
  readonly row: number;
  readonly code: ProblemCode;
  readonly field: string;
  readonly detail: string;
}

/** What a person should know about a document although it can be recorded. */
export interface Warning {
  readonly row: number;
  /** The element that the warning is about, where it is about one. */
  readonly field?: string;
  readonly warning:
    /** What is not needed and could not be taken; the document stands without it. */
    | 'left-out'
    | 'assigned'
    | 'factored'
    | 'self-billed'
    | 'negative-total'
    | 'prepaid'
    | 'overpaid'
    | 'replaces'
    | 'stored-as-number'
    | 'statistical-value'
    | 'invalidated'
    | 'container-left-out'
    | 'weight-left-out'
    | 'freight-left-out'
    | 'sea-waybill';
  readonly detail: string;
}

/** Takes a warning about the document that is being read. */
export type Warn = (warning: Omit<Warning, 'row'>) => void;

/** Customs' answer to a declaration: the trader's reference gets its movement reference number. */
export interface Acceptance {
  readonly localReference: string;
  readonly number: string;
  /** Day of acceptance; an answer that only tells of a later step does not carry it. */
  readonly date?: string;
  readonly invalidated: boolean;
}

/** A document that can be recorded, and the row that it came from. */
export interface ParsedFact {
  readonly row: number;
  readonly fact: FactInput;
}

export interface ParsedDocument {
  readonly facts: readonly FactInput[];
  readonly refusals: readonly Refusal[];
  readonly warnings: readonly Warning[];
  readonly acceptances: readonly Acceptance[];
}
