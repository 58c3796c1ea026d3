import type { Schemas } from '@pledgeonce/client';
import type { Step } from '../../ui/steps.js';
import { amend, reasonField } from './amend.js';

type Fact = Schemas['Fact'];

/** What an insurer says of a limit or of a declared shipment: that its premium is paid, and where its cover ends. */
export function coverSteps(fact: Fact): readonly Step[] {
  const { limit, shipment } = fact;
  return [
    ...(shipment?.premiumPaid === false ? [premium(fact, shipment)] : []),
    ...(shipment !== undefined && shipment.declinedOn === undefined ? [refusal(fact, shipment)] : []),
    ...(limit !== undefined && limit.lapsedOn === undefined ? [lapse(fact, limit)] : []),
  ];
}

function premium(fact: Fact, shipment: NonNullable<Fact['shipment']>): Step {
  return {
    name: 'markPremiumPaid',
    fields: [],
    about: 'document.premiumPaid',
    send: (_body, key) =>
      amend(fact, key, {
        changes: { shipment: { ...shipment, premiumPaid: true } },
        reason: 'The premium has been paid.',
      }),
  };
}

interface Ended {
  readonly on: string;
  readonly reason: string;
}

function refusal(fact: Fact, shipment: NonNullable<Fact['shipment']>): Step {
  return {
    name: 'declineCover',
    secondary: true,
    about: 'document.declined',
    fields: [{ name: 'on', kind: 'date', label: 'declinedOn', required: true }, reasonField],
    send: ({ on, reason }: Ended, key) =>
      amend(fact, key, { changes: { shipment: { ...shipment, declinedOn: on } }, reason }),
  };
}

function lapse(fact: Fact, limit: NonNullable<Fact['limit']>): Step {
  return {
    name: 'lapseLimit',
    secondary: true,
    about: 'document.lapsed',
    fields: [{ name: 'on', kind: 'date', label: 'lapsedOn', required: true }, reasonField],
    send: ({ on, reason }: Ended, key) =>
      amend(fact, key, { changes: { limit: { ...limit, lapsedOn: on } }, reason }),
  };
}
