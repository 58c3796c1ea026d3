import type { LoanReason, LoanTerms } from '@pledgeonce/chaincode/loans/api.js';
import { checks } from './checks.js';
import type { Application, Finding, LoanFacts } from './judged.js';
import type { LoanRules } from './rules.js';

export type Decision =
  | { readonly decision: 'approved'; readonly terms: LoanTerms; readonly reasons: LoanReason[] }
  | { readonly decision: 'declined' | 'referred'; readonly reasons: LoanReason[] };

/**
 * Decides by the rules of a bank, from nothing but what is passed: the same input, the same answer. Every rule that
 * does not hold gives its reason. One that declines outweighs all that refer to a person.
 */
export function decide(rules: LoanRules, application: Application, facts: LoanFacts): Decision {
  const findings = checks.flatMap((check) => check(rules, application, facts));
  const [first] = [...findings].sort((left, right) => weight(left) - weight(right));
  const rate = priceOf(rules, facts);
  if (first !== undefined || rate === undefined) {
    return { decision: first?.outcome ?? 'referred', reasons: findings.map(reasonOf) };
  }
  const held = 'Amount, term, history and documents are within the rules of the bank.';
  return {
    decision: 'approved',
    terms: { amount: application.amount, rate },
    reasons: [
      { rule: 'within-the-rules', detail: held },
      { rule: 'price', detail: `${rate} per cent a year for this class.` },
    ],
  };
}

const weight = ({ outcome }: Finding) => (outcome === 'declined' ? 0 : 1);

function reasonOf({ rule, detail }: Finding): LoanReason {
  return { rule, detail: detail.length > 500 ? `${detail.slice(0, 499)}…` : detail };
}

function priceOf({ price }: LoanRules, { records }: LoanFacts): string | undefined {
  const basic = records.find((record) => record.category === 'basic');
  return basic && price[basic.class];
}
