import type { Output } from '@pledgeonce/chaincode/api.js';
import { parseMoney } from '@pledgeonce/chaincode/rules/money.js';
import type { Application, Finding, LoanFacts } from './judged.js';
import { show } from './show.js';
import type { LoanRules } from './rules.js';

type Seen = Output<'assessLoan'>['documents'][number];
type Line = Application['lines'][number];
type Outcome = Finding['outcome'];

/** One rule on one document: what does not hold, or nothing. */
type LineCheck = (rules: LoanRules, line: Line, seen: Seen) => string | undefined;

const lineChecks: readonly (readonly [rule: string, outcome: Outcome, check: LineCheck])[] = [
  [
    'document-type',
    'declined',
    ({ documents }, { document }) =>
      documents.includes(document.type) ? undefined : `the bank lends on no ${document.type}`,
  ],
  [
    'document',
    'declined',
    (_rules, _line, { result }) => {
      if (result === 'match') return undefined;
      // Whether there is another one under that number, and what is wrong about it, is not for who applies to learn.
      return result === 'cancelled' ? result : 'it is not on record as the application states it';
    },
  ],
  ['overdrawn', 'declined', (_rules, _line, seen) => warned(seen, 'overdrawn')],
  [
    'balance',
    'declined',
    (_rules, { amount }, { remaining }) => {
      if (remaining?.currency !== amount.currency) return undefined;
      const left = parseMoney(remaining, 'remaining', 'allow-zero').minor;
      return parseMoney(amount, 'amount').minor > left ? `${show(remaining)} is left` : undefined;
    },
  ],
  [
    'advance-rate',
    'declined',
    ({ advanceRate }, { amount, total }, { lendable }) => {
      if (total.currency !== amount.currency) return undefined;
      const [asked, stated] = [parseMoney(amount, 'amount').minor, parseMoney(total, 'total').minor];
      if (asked * 100n > stated * BigInt(advanceRate))
        return `more than ${advanceRate} per cent of ${show(total)}`;
      if (lendable?.currency !== amount.currency) return undefined;
      return asked > parseMoney(lendable, 'lendable', 'allow-zero').minor
        ? `with what is drawn on it already, more than ${advanceRate} per cent of it`
        : undefined;
    },
  ],
  [
    'document-currency',
    'referred',
    (_rules, { amount, total }) =>
      total.currency === amount.currency ? undefined : `it is in ${total.currency}`,
  ],
  ['assigned', 'referred', (_rules, _line, seen) => warned(seen, 'assigned')],
  ['near-duplicate', 'referred', (_rules, _line, seen) => resembles(seen)],
  ['rate-stale', 'referred', (_rules, _line, seen) => warned(seen, 'rate-stale')],
  [
    'no-balance',
    'referred',
    (_rules, _line, { result, remaining }) =>
      result === 'match' && remaining === undefined ? 'the registry cannot say what is left' : undefined,
  ],
];

/** What the registry says of the documents, rule by rule, each with all the documents that it finds fault with. */
export function documentChecks(
  rules: LoanRules,
  { lines }: Application,
  { documents }: LoanFacts,
): Finding[] {
  return lineChecks.flatMap(([rule, outcome, check]) => {
    const faults = lines.flatMap((line, index) => {
      const seen = documents[index];
      if (seen === undefined) throw new Error(`document ${index} has not been verified`);
      const fault = check(rules, line, seen);
      return fault === undefined ? [] : [`${line.document.number}: ${fault}`];
    });
    return faults.length === 0 ? [] : [{ rule, outcome, detail: `${faults.join('; ')}.` }];
  });
}

function warned({ warnings }: Seen, wanted: keyof typeof sentences) {
  return warnings.some(({ warning }) => warning === wanted) ? sentences[wanted] : undefined;
}

/** A pair that a second person has looked at is no reason any more. */
function resembles({ warnings }: Seen) {
  const isOpen = warnings.some((one) => one.warning === 'near-duplicate' && !one.checked);
  return isOpen ? sentences['near-duplicate'] : undefined;
}

const sentences = {
  overdrawn: 'more is drawn on the trade than its documents allow',
  assigned: 'the document names another payee',
  'near-duplicate': 'another document is very similar',
  'rate-stale': 'the exchange rate between documents of the trade is too old',
} as const;
