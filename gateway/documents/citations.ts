import type { FactInput, Party } from '@pledgeonce/chaincode/api.js';
import { limits } from '@pledgeonce/chaincode/schemas.js';
import { optionalNumber } from './fields.js';
import type { InvoiceFields } from './invoice-fields.js';
import type { Warn } from './parsed.js';

type Citation = NonNullable<FactInput['cites']>[number];

/** Papers of UNTDID 1001 that prove the same goods. */
const paperTypes: ReadonlyMap<string, Citation['type']> = new Map([
  ['703', 'bill-of-lading'],
  ['704', 'bill-of-lading'],
  ['705', 'bill-of-lading'],
  ['714', 'bill-of-lading'],
  ['720', 'waybill'],
  ['730', 'waybill'],
  ['740', 'waybill'],
  ['830', 'customs-declaration'],
]);

/**
 * Papers that prove the same goods. Orders and contracts stay details: one of them covers many deliveries, and a
 * citation would join trades that have nothing else in common. What a corrected invoice replaces is no other paper.
 */
export function citationsOf(
  { precedes, despatchNumber, papers, elements }: InvoiceFields,
  seller: Party,
  type: Citation['type'],
  replaced: string | undefined,
  warn: Warn,
): Citation[] {
  const issuer = { scheme: seller.scheme, id: seller.id };
  const cited = new Map<string, Citation>();
  const cite = (number: string | undefined, field: string, citation: (number: string) => Citation) => {
    const known = optionalNumber(number, field, warn);
    if (known === undefined) return;
    const one = citation(known);
    cited.set(`${one.type} ${known}`, one);
  };
  for (const one of precedes) {
    if (one !== replaced) cite(one, elements.precedes, (number) => ({ type, number, issuer }));
  }
  cite(despatchNumber, elements.despatch, (number) => ({ type: 'despatch-advice', number, issuer }));
  for (const { number: one, typeCode } of papers) {
    const paper = paperTypes.get(typeCode ?? '');
    if (paper !== undefined) cite(one, elements.papers, (number) => ({ type: paper, number }));
  }
  return [...cited.values()].slice(0, limits.citesPerFact);
}
