import type { Schemas } from '@pledgeonce/client';
import type { Step } from '../../ui/steps.js';
import { amend } from './amend.js';
import { journeyEvents } from './journey.js';

type Fact = Schemas['Fact'];

const ofTransport: readonly Fact['type'][] = ['bill-of-lading', 'rail-waybill', 'warehouse-receipt'];

interface Typed {
  readonly event: string;
  readonly at: string;
  readonly place?: string;
  readonly container?: string;
}

/** What a carrier or warehouse adds to its paper: one more thing that has happened, beside those that stay. */
export function journeySteps(fact: Fact): readonly Step[] {
  if (!ofTransport.includes(fact.type)) return [];
  const { transport } = fact;
  return [
    {
      name: 'addEvent',
      fields: [
        { name: 'event', kind: 'choice', required: true, options: journeyEvents, words: 'journeyEvent' },
        { name: 'at', kind: 'moment', required: true },
        { name: 'place', kind: 'text' },
        { name: 'container', kind: 'text' },
      ],
      initial: { event: journeyEvents[0] },
      send: (typed: Typed, key) =>
        amend(fact, key, {
          changes: { transport: { ...transport, events: [...(transport?.events ?? []), typed] } },
          reason: typed.event,
        }),
    },
  ];
}
