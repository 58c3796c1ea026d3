import { type AuthorityStep, type Step, steps } from '../schemas.js';

/** The function of the ledger behind each step that can take two people. */
export const stepFunctions = {
  disbursement: 'disburseClaim',
  repayment: 'repayClaim',
  extension: 'extendClaim',
  reversal: 'reverseEntry',
  'write-off': 'writeOffClaim',
  repurchase: 'repurchaseClaim',
  'assignment-to-collector': 'assignToCollector',
  'release-of-goods': 'releaseGoods',
} as const satisfies Readonly<Record<Step, string>>;
export type StepFunction = (typeof stepFunctions)[Step];

/** What gives a balance back or up for good outside the course of a loan takes two people in every consortium. */
const always: ReadonlySet<Step | AuthorityStep> = new Set<Step>([
  'reversal',
  'write-off',
  'repurchase',
  'assignment-to-collector',
]);

/** What the consortium has set: by kind of organisation, or by one organisation's MSP id, which adds to its kind's. */
export type StepTable = Readonly<Record<string, readonly (Step | AuthorityStep)[]>>;

/** Whether a step takes two people wherever it is taken. */
export function alwaysTakesTwo(step: Step | AuthorityStep): boolean {
  return always.has(step);
}

/** Whose step it is, and the names under which they hold records, their own first. */
interface Taker {
  readonly mspId: string;
  readonly names?: readonly string[];
  readonly kind: string;
}

/** Whether a step of an organisation waits for a second person. */
export function takesTwo(
  step: Step | AuthorityStep,
  { mspId, names = [], kind }: Taker,
  table: StepTable = {},
): boolean {
  // Of a member that acts in the place of another the stricter of the two tables counts.
  const whose = [kind, mspId, ...names.slice(0, 1)];
  return alwaysTakesTwo(step) || whose.some((one) => table[one]?.includes(step));
}

/**
 * The step that a function of the ledger takes.
 *
 * @throws Error when the table of steps lacks the function.
 */
export function stepOf(name: StepFunction): Step {
  const step = steps.find((one) => stepFunctions[one] === name);
  if (step === undefined) throw new Error(`${name} is no step`);
  return step;
}

/** Which steps an organisation of a kind takes, of those that can be set to take two people. */
export function stepsOfKind(kind: string): readonly (Step | AuthorityStep)[] {
  if (kind === 'bank') return [...steps, 'amendment', 'cancellation', 'people'];
  if (kind === 'regulator') return ['rates', 'people'];
  return kind === 'enterprise' ? ['people'] : ['amendment', 'cancellation', 'people'];
}
