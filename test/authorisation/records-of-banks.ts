import { dateOf, instantText } from '@pledgeonce/chaincode/rules/dates.js';
import type { Person } from '@pledgeonce/chaincode/testing/fake-ledger.js';
import { admit, memberOf } from '@pledgeonce/chaincode/testing/further-members.js';
import { asked, bill, check } from '@pledgeonce/chaincode/testing/offshore-trade.js';
import {
  claim,
  day,
  declaration,
  disburse,
  exporter,
  freshKey,
  openLedger,
  otherExporter,
  people,
  record,
  reserve,
  usd,
} from '@pledgeonce/chaincode/testing/story.js';
import { calls, type Calls, command, reason } from './calls.js';

const ofBank = (letter: string, role: string): Person => memberOf(`Bank${letter}MSP`, role);

/** A claim in each state that something is done with. */
export async function claimCalls(): Promise<Calls> {
  const ledger = await openLedger();
  const { id: fact } = await record(ledger, declaration());
  const document = { type: 'customs-declaration', number: declaration().number } as const;
  const reserved = (await reserve(ledger, claim(ledger, '10.00'))).id;
  const loan = (await disburse(ledger, claim(ledger, '60.00'))).id;
  const offered = (await disburse(ledger, claim(ledger, '20.00'))).id;
  await admit(ledger, 'BankCMSP', 'bank');
  await ledger.submit('offerTransfer', people.bankA, { ...command(offered), to: 'BankBMSP' });
  ledger.now += 1_000;
  await ledger.submit('amendFact', people.customs, { id: fact, changes: { total: usd('95.00') }, reason });
  const officers = [people.bankA, people.bankB] as const;
  const approvers = [people.approverA, people.approverB] as const;
  return {
    ...calls(ledger, approvers, { acceptClaim: command(reserved) }),
    ...calls(ledger, officers, {
      disburseClaim: command(reserved),
      withdrawClaim: command(reserved),
      rejectClaim: { ...command(reserved), reason },
      extendClaim: { ...command(reserved), hours: 24 },
      repayClaim: { ...command(loan), amount: usd('1.00'), source: 'own-funds' },
      disputeClaim: { ...command(loan), reason },
      recordDebtorNotice: { ...command(loan), date: dateOf(ledger.now), how: 'A letter' },
      moveClaim: {
        ...command(loan),
        lines: [{ order: { number: 'PO-1', issuer: exporter }, document, amount: usd('1.00') }],
      },
      reverseEntry: { ...command(loan), entry: 'disbursement', reason },
      writeOffClaim: { ...command(loan), reason },
      repurchaseClaim: { ...command(loan), reason },
      assignToCollector: { ...command(loan), collector: { ...otherExporter, name: 'Collector' }, reason },
      releaseGoods: { ...command(loan), document, quantity: { amount: '1', unit: 'TNE' }, reason },
      returnStep: { ...command(loan), reason },
      offerTransfer: { ...command(loan), to: 'BankCMSP' },
      readClaim: { id: loan },
      readClaimHistory: { id: loan },
      sweepClaims: { claims: [{ id: loan }] },
      readOverdraft: { id: loan },
      readOwnHistory: { of: 'claim', id: loan },
    }),
    ...calls(ledger, approvers, {
      confirmStep: command(loan),
      resolveDispute: { ...command(loan), outcome: 'withdrawn', reason },
    }),
    ...calls(ledger, [ofBank('B', 'approver'), ofBank('C', 'approver')], {
      acceptTransfer: { ...command(offered), applicationNumber: 'APP-T' },
    }),
    ...calls(ledger, [ofBank('B', 'officer'), ofBank('C', 'officer')], { declineTransfer: command(offered) }),
    ...calls(ledger, officers, {
      readLoweredDocuments: { claims: [loan], until: instantText(ledger.now + day) },
    }),
    ...calls(ledger, [memberOf('BankAMSP', 'service'), memberOf('BankBMSP', 'service')], {
      readOwnRecords: { keys: [`C~${loan}~1`] },
    }),
  };
}

/** A payment abroad, the document that was opened for it, and a check of papers. */
export async function paymentCalls(): Promise<Calls> {
  const ledger = await openLedger();
  const filing = {
    type: 'tax-filing' as const,
    number: '2026-3302-000017',
    date: '2026-03-01',
    seller: { scheme: 'LEGAL' as const, id: 'HAMBURGCONSULT', name: 'Hamburg Consult' },
    buyer: exporter,
    total: usd('100000.00'),
    checkCode: 'K7XQ-22',
    filing: { subject: 'consultancy' as const },
  };
  await record(ledger, filing);
  await record(ledger, bill(), people.carrier);
  const document = { type: filing.type, number: filing.number };
  const opened = await ledger.submit('openDocument', people.bankA, {
    ...{ idempotencyKey: freshKey(), document, payer: exporter, checkCode: 'K7XQ-22' },
  });
  const marked = await ledger.submit('markPayments', people.bankA, {
    payments: [
      {
        idempotencyKey: freshKey(),
        reference: 'TT-1',
        payer: exporter,
        payee: 'Hamburg Consult',
        purpose: 'service-trade',
        amount: usd('10.00'),
        paidOn: '2026-03-02',
        lines: [{ document, amount: usd('10.00') }],
      },
    ],
  });
  const [item] = marked.answer.items;
  if (item?.status !== 'marked') throw new Error('The payment was not marked.');
  const { id } = item.payment;
  const checked = await check(ledger, asked());
  return {
    ...calls(ledger, [people.approverA, people.approverB], { confirmPaymentStep: command(id) }),
    ...calls(ledger, [people.bankA, people.bankB], {
      reversePayment: { ...command(id), reason },
      returnPaymentStep: { ...command(id), reason },
      readPayment: { id },
      readPaymentHistory: { id },
      readOpening: opened.answer,
      readOffshoreCheck: { id: checked.id },
    }),
  };
}
