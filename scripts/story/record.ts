import type { DocumentReference, FactInput, Money, PartyId } from '@pledgeonce/chaincode/api.js';
import type { Client } from '../rest/client.js';
import { moneyAt, textAt } from '../rest/json.js';
import { show } from './amounts.js';
import type { PricedFact } from './samples.js';
import { expectStatus, type Teller } from './teller.js';

/** A recorded document that the story is played on. */
export interface Subject {
  readonly factId: string;
  readonly document: DocumentReference;
  readonly enterprise: PartyId;
  readonly payable: Money;
  /** Who may lower it. */
  readonly authority: Client;
  readonly authorityTitle: string;
  /** Another document of the same goods. */
  readonly sameGoods?: DocumentReference;
}

/** An authority records a document; returns its fact. @throws Unexpected */
export async function recordFact(authority: Client, fact: FactInput): Promise<string> {
  return textAt(expectStatus(await authority.post('/facts', fact), 201).body, 'id');
}

/** Records the declaration and the invoice that it cites. */
export async function recordTrade(
  teller: Teller,
  clients: { readonly customs: Client; readonly tax: Client },
  trade: { readonly declaration: PricedFact; readonly invoice: PricedFact },
): Promise<Subject> {
  const { declaration, invoice } = trade;
  const recorded = await teller.step('Customs records an export declaration', async () => {
    const { body } = expectStatus(await clients.customs.post('/facts', declaration), 201);
    return [`${declaration.number}, ${show(declaration.total)}: fact ${short(textAt(body, 'id'))}`, body];
  });
  await teller.step('The tax authority records the invoice that it cites', async () => {
    const { body } = expectStatus(await clients.tax.post('/facts', invoice), 201);
    return [`${invoice.number}: the same trade as the declaration, fact ${short(textAt(body, 'id'))}`, body];
  });
  const issuer = { scheme: invoice.seller.scheme, id: invoice.seller.id };
  return {
    factId: textAt(recorded, 'id'),
    document: { type: declaration.type, number: declaration.number },
    enterprise: { scheme: declaration.seller.scheme, id: declaration.seller.id },
    payable: moneyAt(recorded, 'payable'),
    authority: clients.customs,
    authorityTitle: 'Customs',
    sameGoods: { type: invoice.type, number: invoice.number, issuer },
  };
}

/** The start of an opaque id: enough to find it again on a screen. */
export function short(id: string): string {
  return `${id.slice(0, 10)}…`;
}
