import type { FactInput } from '@pledgeonce/chaincode/api.js';
import type { ProblemCode } from '../api/errors.js';

/** One row of a table, or the whole of a single document, that cannot be recorded. */
interface Refusal {
  /** Of a table the line in which the row starts; else the place of the document in its file, from 1; 0 for the file as a whole. */
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
interface ParsedFact {
  readonly row: number;
  readonly fact: FactInput;
  readonly warnings: readonly Warning[];
}

/** What became of one document of a file. */
export type ParsedItem = ParsedFact | Refusal;

export interface ParsedDocument {
  /** In the order of the file. */
  readonly items: readonly ParsedItem[];
  readonly facts: readonly FactInput[];
  readonly refusals: readonly Refusal[];
  readonly warnings: readonly Warning[];
  readonly acceptances: readonly Acceptance[];
}

/** The same items by what became of them. */
export function parsedDocument(
  items: readonly ParsedItem[],
  acceptances: readonly Acceptance[] = [],
): ParsedDocument {
  const taken = items.filter((item) => 'fact' in item);
  return {
    items,
    facts: taken.map(({ fact }) => fact),
    refusals: items.flatMap((item) => ('fact' in item ? [] : [item])),
    warnings: taken.flatMap(({ warnings }) => warnings),
    acceptances,
  };
}
