import type { Schemas } from '@pledgeonce/client';
import type { Step } from '../../ui/steps.js';
import { amend, reasonField } from './amend.js';
import { coverSteps } from './cover-steps.js';
import { journeySteps } from './journey-steps.js';

type Fact = Schemas['Fact'];
type Typed = Parameters<typeof amend>[2];

/**
 * Changes of a document that its authority makes by hand.
 *
 * @param effect what the form shows below its fields of the claims that would lose their document.
 */
export function changeSteps(fact: Fact, effect: Pick<Step, 'below'>): readonly Step[] {
  const { total, quantity } = fact;
  return [
    ...journeySteps(fact),
    ...coverSteps(fact),
    ...(total === undefined ? [] : [amendment(fact, total, effect)]),
    ...(quantity === undefined ? [] : [recount(fact, quantity)]),
  ];
}

function amendment(fact: Fact, total: Schemas['Money'], effect: Pick<Step, 'below'>): Step {
  return {
    name: 'amend',
    ...effect,
    fields: [{ name: 'changes.total', kind: 'money', label: 'total', required: true }, reasonField],
    initial: { changes: { total } },
    send: (typed: Typed, key) => amend(fact, key, typed),
  };
}

function recount(fact: Fact, quantity: NonNullable<Fact['quantity']>): Step {
  return {
    name: 'recount',
    secondary: true,
    fields: [
      { name: 'changes.quantity.amount', kind: 'text', label: 'quantity', required: true },
      { name: 'changes.quantity.unit', kind: 'text', label: 'unit', required: true, hint: 'unit' },
      reasonField,
    ],
    initial: { changes: { quantity } },
    send: (typed: Typed, key) => amend(fact, key, typed),
  };
}
