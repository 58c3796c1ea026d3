import { randomInt } from 'node:crypto';
import type { Schemas } from '@pledgeonce/client';
import type { DocumentReference, Money, PartyId, Product } from '@pledgeonce/chaincode/api.js';
import { answerOf, once, type Answer } from '../rest/client.js';
import type { Bank } from './cast.js';

export interface ClaimRequest {
  readonly document: DocumentReference;
  readonly enterprise: PartyId;
  readonly amount: Money;
  readonly product?: Product;
  readonly dueInDays?: number;
}

/** A reference as the API's own types have it: what JSON carries is never `undefined`. */
export function asSent(document: DocumentReference): Schemas['Document'] {
  return document as Schemas['Document'];
}

/** A bank reserves an amount on one document. */
export async function reserve(
  { officer }: Pick<Bank, 'officer'>,
  { document, enterprise, amount, product = 'invoice', dueInDays = 90 }: ClaimRequest,
): Promise<Answer> {
  const body = {
    applicationNumber: `APP-${randomInt(1_000_000_000)}`,
    enterprise,
    product,
    amount,
    lines: [{ document: asSent(document), amount }],
    dueDate: daysFromNow(dueInDays),
  };
  return answerOf(officer.api.POST('/claims', { params: once(), body }));
}

export function daysFromNow(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** The same number as somebody else might type it: full-width digits, spaces and dashes. */
export function respell(number: string): string {
  return number
    .replace(/[0-9A-Za-z]/g, (character) => String.fromCodePoint((character.codePointAt(0) ?? 0) + 0xfee0))
    .replace(/(.{4})(?=.)/gu, '$1 - ');
}
