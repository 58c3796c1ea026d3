import { randomInt } from 'node:crypto';
import type { FactInput, Money } from '@pledgeonce/chaincode/api.js';
import { daysFromNow } from './claims.js';
import type { PricedFact } from './samples.js';

/** Who applies for online loans: the enterprise of exporter-2, whose records nothing else changes. */
export const applicant = { scheme: 'USCC', id: '91350100M000100Y43', name: 'Fuzhou Tea Export' } as const;

/**
 * A declaration of the applicant that resembles no other one: amount and date are random, because documents that are
 * similar, or add up to another, go to a person.
 */
export function applicantsDeclaration(
  total = `${randomInt(3_000, 9_000)}.${randomInt(10, 100)}`,
): PricedFact {
  const year = daysFromNow(0).slice(0, 4);
  return {
    type: 'customs-declaration',
    number: `2218${year}0${String(randomInt(1e9)).padStart(9, '0')}`,
    date: daysFromNow(-randomInt(1_500)),
    seller: applicant,
    total: { amount: total, currency: 'USD' },
  };
}

/** The body of an application on one declaration. */
export function application(
  { type, number, total }: FactInput,
  authorisation: string,
  amount: Money,
  changes: object = {},
) {
  return {
    bank: 'BankAMSP',
    amount,
    tenorDays: 90,
    purpose: 'Raw material',
    lines: [{ document: { type, number }, total, amount }],
    authorisation,
    ...changes,
  };
}
