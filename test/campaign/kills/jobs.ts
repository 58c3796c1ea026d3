import type { Json } from '@pledgeonce/scripts/rest/client.js';
import { textAt } from '@pledgeonce/scripts/rest/json.js';
import { named, payment, taxFiling } from '@pledgeonce/scripts/story/payment-papers.js';
import { claim, declaration, exporter, reference, usd } from '../../acceptance/support/documents.js';

/** One request of a job, made of what was answered before. */
export interface Step {
  readonly who: string;
  readonly by?: string;
  readonly method?: 'PATCH';
  readonly path: string;
  readonly body: object;
  readonly status: number;
}

/** What one person after the other does with a thing, and how it has to be read when all is over. */
export interface Job {
  readonly kind: string;
  readonly steps: readonly ((answers: readonly Json[]) => Step)[];
  readonly read: (answers: readonly Json[]) => readonly ReadBack[];
}

/** Whoever reads this finds the field so. */
export interface ReadBack {
  readonly who: string;
  readonly path: string;
  readonly field: string;
  readonly value: string | number;
}

const idOf = (answers: readonly Json[], index: number) => textAt(answers[index], 'id');
const recordedBy = (who: string, fact: object) => (): Step => ({
  who,
  path: '/facts',
  body: fact,
  status: 201,
});

/** A bank reserves part of a declaration. */
export function claimJob(bank: string): Job {
  const fact = declaration();
  return {
    kind: 'claims',
    steps: [
      recordedBy('CustomsMSP', fact),
      () => ({ who: bank, path: '/claims', body: claim(reference(fact), usd('400.00')), status: 201 }),
    ],
    read: (answers) => [
      { who: bank, path: `/claims/${idOf(answers, 1)}`, field: 'state', value: 'reserved' },
    ],
  };
}

/** A bank pays a loan out and hands it to another one. */
export function transferJob(from: string, to: string): Job {
  const fact = declaration();
  const of = (answers: readonly Json[]) => `/claims/${idOf(answers, 1)}`;
  return {
    kind: 'transfers',
    steps: [
      recordedBy('CustomsMSP', fact),
      () => ({ who: from, path: '/claims', body: claim(reference(fact), usd('400.00')), status: 201 }),
      (told) => ({ who: from, by: 'approver', path: `${of(told)}/acceptance`, body: {}, status: 200 }),
      (told) => ({ who: from, path: `${of(told)}/disbursement`, body: {}, status: 200 }),
      (told) => ({ who: from, path: `${of(told)}/transfer`, body: { to }, status: 200 }),
      (told) => ({
        ...{ who: to, by: 'approver', path: `${of(told)}/transfer/acceptance`, status: 201 },
        body: { applicationNumber: `T-${fact.number}` },
      }),
    ],
    read: (answers) => [
      { who: from, path: of(answers), field: 'state', value: 'transferred' },
      { who: to, path: `/claims/${idOf(answers, 5)}`, field: 'state', value: 'disbursed' },
    ],
  };
}

/** Customs lowers a declaration. */
export function amendmentJob(): Job {
  const fact = declaration();
  const of = (answers: readonly Json[]) => `/facts/${idOf(answers, 0)}`;
  const changes = { total: usd('900.00') };
  return {
    kind: 'amendments',
    steps: [
      recordedBy('CustomsMSP', fact),
      (told) => ({
        ...{ who: 'CustomsMSP', method: 'PATCH', path: of(told), status: 200 },
        body: { changes, reason: 'Short shipment.', expectedVersion: 1 },
      }),
    ],
    read: (answers) => [
      { who: 'CustomsMSP', path: of(answers), field: 'version', value: 2 },
      { who: 'CustomsMSP', path: of(answers), field: 'total.amount', value: '900.00' },
    ],
  };
}

/** A bank marks a payment on a tax filing. */
export function paymentJob(bank: string): Job {
  const fact = taxFiling({ total: usd('120000.00') });
  const opening = { document: named(fact), payer: exporter, checkCode: fact.checkCode };
  return {
    kind: 'payments',
    steps: [
      recordedBy('TaxMSP', fact),
      () => ({ who: bank, path: '/document-openings', body: opening, status: 200 }),
      () => ({
        ...{ who: bank, path: '/payments', status: 201 },
        body: payment(usd('70000.00'), [[fact, usd('70000.00')]]),
      }),
    ],
    read: (answers) => [
      { who: bank, path: `/payments/${idOf(answers, 2)}`, field: 'state', value: 'marked' },
      { who: bank, path: `/payments/${idOf(answers, 2)}`, field: 'amount.amount', value: '70000.00' },
    ],
  };
}
