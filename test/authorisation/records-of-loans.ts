import { dateOf } from '@pledgeonce/chaincode/rules/dates.js';
import { admit, memberOf } from '@pledgeonce/chaincode/testing/further-members.js';
import { buyer, insuredTrade } from '@pledgeonce/chaincode/testing/insured-trade.js';
import {
  applied,
  application,
  authorise,
  basic,
  granted,
  ledgerForLoans,
  referral,
  rules,
  service,
} from '@pledgeonce/chaincode/testing/loans.js';
import { day, exporter, freshKey, otherExporter, people, usd } from '@pledgeonce/chaincode/testing/story.js';
import { calls, type Calls, command, reason } from './calls.js';

const portal = people.exporter;
const otherPortal = people.otherExporter;

/** What an enterprise allows a bank, and the bank's loans on it. */
export async function loanCalls(): Promise<Calls> {
  const ledger = await ledgerForLoans();
  await ledger.submit('recordCredit', people.regulator, { enterprise: otherExporter, content: basic });
  const authorisation = await authorise(ledger, { uses: 5 });
  const asking = {
    idempotencyKey: freshKey(),
    enterprise: exporter,
    authorisation,
    categories: ['basic' as const],
    purpose: 'Micro loan',
  };
  // The first time it is put on record, the second time it is judged.
  await ledger.submit('queryCredit', people.bankA, asking);
  const query = (await ledger.submit('queryCredit', people.bankA, asking)).answer.id;
  const { id: loan } = await applied(ledger);
  const { id: mandate } = await granted(ledger);
  const proposal = { idempotencyKey: freshKey(), rules, largest: usd('80.00'), total: usd('100.00') };
  const proposed = await ledger.submit('proposeMandate', people.bankA, {
    ...proposal,
    validUntil: dateOf(ledger.now + 30 * day),
  });
  const officers = [people.bankA, people.bankB] as const;
  const approvers = [people.approverA, people.approverB] as const;
  const terms = { amount: usd('60.00'), rate: '2.00' };
  return {
    ...calls(ledger, [portal, otherPortal], {
      revokeAuthorisation: command(authorisation),
      withdrawLoan: command(loan),
      applyForLoan: application(authorisation),
    }),
    ...calls(ledger, officers, {
      readCreditReport: { query },
      assessLoan: { id: loan },
      recommendLoan: { ...command(loan), ...terms },
      revokeMandate: command(mandate),
    }),
    ...calls(ledger, approvers, {
      approveLoan: { ...command(loan), expectedSeq: 1 },
      declineLoan: { ...command(loan), reason },
      grantMandate: command(proposed.answer.id),
    }),
    ...calls(ledger, [service, { ...service, mspId: 'BankBMSP' }], {
      queryForLoan: { id: loan },
      decideLoan: referral(loan),
    }),
  };
}

/** A limit that is assigned to a bank, and what its insurer has paid. */
export async function insuranceCalls(): Promise<Calls> {
  const { ledger } = await insuredTrade();
  await admit(ledger, 'MutualMSP', 'insurer');
  const propose = () => ({ idempotencyKey: freshKey(), bank: 'BankAMSP', limit: 'LIM-1' });
  const { answer } = await ledger.submit('proposeAssignment', portal, propose());
  const confirmed = await insuredTrade();
  const assigned = await confirmed.ledger.submit('proposeAssignment', portal, propose());
  await confirmed.ledger.submit('confirmAssignment', people.insurerApprover, { id: assigned.answer.id });
  await admit(confirmed.ledger, 'MutualMSP', 'insurer');
  const paid = await confirmed.ledger.submit('confirmIndemnity', people.insurerApprover, {
    ...{ idempotencyKey: freshKey(), bank: 'BankAMSP', policy: 'POL-1', buyer },
    ...{ amount: usd('60.00'), paidOn: dateOf(ledger.now) },
  });
  const insurers = [people.insurer, memberOf('MutualMSP', 'officer')] as const;
  return {
    ...calls(ledger, [people.insurerApprover, memberOf('MutualMSP', 'approver')], {
      confirmAssignment: { id: answer.id },
    }),
    ...calls(ledger, [portal, otherPortal], { proposeAssignment: { ...propose(), bank: 'BankBMSP' } }),
    ...calls(confirmed.ledger, [people.bankA, people.bankB], {
      releaseAssignment: { id: assigned.answer.id },
    }),
    ...calls(confirmed.ledger, insurers, { withdrawIndemnity: { id: paid.answer.id, reason } }),
  };
}
