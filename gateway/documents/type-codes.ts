import { DocumentError } from './document-error.js';

/** What a paper does to what is owed. */
export interface PaperKind {
  /** `corrected` takes the place of an earlier invoice; `credit` lowers one. */
  readonly effect: 'invoice' | 'corrected' | 'credit';
  /** The buyer wrote it, and the number is the buyer's. */
  readonly selfBilled: boolean;
  /** The receivable belongs to a factor. */
  readonly factored: boolean;
}

/** Roots of an invoice's family; each decides before its type code does. */
export type InvoiceRoot =
  'invoice' | 'credit-note' | 'debit-note' | 'self-billed-invoice' | 'self-billed-credit-note';

const list = (codes: string): ReadonlySet<string> => new Set(codes.split(' '));

// UNTDID 1001, the part that EN 16931 takes for invoices and credit notes, by what each code does.
const credits = list('81 83 261 262 296 308 381 396 420 458 502 503 532');
const corrected = list('384 471 472 473');
const invoices = list(
  '71 80 82 84 102 130 202 203 204 211 218 219 295 326 331 380 382 383 385 386 387 388 389 390 393 394 395 456 457 500 ' +
    '501 527 553 575 623 633 780 817 870 875 876 877 935',
);
const noReceivables: ReadonlyMap<string, string> = new Map([
  ['325', 'a pro forma invoice'],
  ['751', 'an invoice for accounting only'],
]);
const byBuyer = list('261 389 471 473 500 501 502 527');
const factored = list('393 396 472 473 501 502');

/**
 * What a paper is by its root element and then its code.
 *
 * @param field the element of the code.
 * @throws DocumentError NOT_A_RECEIVABLE for a paper on which nothing is owed, INPUT_INVALID for a code on no list.
 */
export function kindOfPaper(root: InvoiceRoot, code: string | undefined, field: string): PaperKind {
  if (code !== undefined) assertKnown(code, field);
  const isCredit = root === 'credit-note' || root === 'self-billed-credit-note' || credits.has(code ?? '');
  return {
    effect: isCredit ? 'credit' : corrected.has(code ?? '') ? 'corrected' : 'invoice',
    selfBilled: root.startsWith('self-billed') || byBuyer.has(code ?? ''),
    factored: factored.has(code ?? ''),
  };
}

function assertKnown(code: string, field: string): void {
  const name = noReceivables.get(code);
  if (name !== undefined) {
    throw new DocumentError(
      'NOT_A_RECEIVABLE',
      field,
      `Code ${code} is ${name}: nobody owes anything on it.`,
    );
  }
  if (credits.has(code) || corrected.has(code) || invoices.has(code)) return;
  const detail = `The code ${code.slice(0, 40)} is on no list of invoices and credit notes (UNTDID 1001).`;
  throw new DocumentError('INPUT_INVALID', field, detail);
}
