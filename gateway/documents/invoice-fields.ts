import type { Money } from '@pledgeonce/chaincode/api.js';
import type { PaymentTerm } from './instalments.js';
import type { NamedParty } from './parties.js';
import type { InvoiceRoot } from './type-codes.js';

/** What UBL and CII both say, once their element names are out of the way. */
export interface InvoiceFields {
  readonly root: InvoiceRoot | 'freight-invoice';
  readonly number: string;
  /** UNTDID 1001: 380 invoice, 381 credit note, 384 corrected invoice … */
  readonly typeCode: string | undefined;
  readonly date: string;
  readonly seller: NamedParty;
  readonly buyer: NamedParty;
  readonly payee: NamedParty | undefined;
  readonly gross: Money | undefined;
  readonly payable: Money | undefined;
  readonly prepaid: Money | undefined;
  readonly paymentDueDate: string | undefined;
  /** Of a paper that is paid on several days. */
  readonly terms: readonly PaymentTerm[];
  /** Numbers of the earlier invoices that this one refers to. */
  readonly precedes: readonly string[];
  readonly orderNumber: string | undefined;
  readonly contractNumber: string | undefined;
  readonly despatchNumber: string | undefined;
  /** Further papers with their UNTDID 1001 code. */
  readonly papers: readonly { readonly number: string; readonly typeCode: string | undefined }[];
  /** Element names of this syntax, for the sentence of a refusal. */
  readonly elements: Readonly<
    Record<
      | 'type'
      | 'seller'
      | 'buyer'
      | 'payee'
      | 'gross'
      | 'precedes'
      | 'order'
      | 'contract'
      | 'despatch'
      | 'papers'
      | 'terms',
      string
    >
  >;
}
