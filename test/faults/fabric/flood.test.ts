import { setTimeout as sleep } from 'node:timers/promises';
import { runningPid } from '@pledgeonce/network/fabric/native/daemon.js';
import { nodesOf } from '@pledgeonce/network/fabric/topology.js';
import type { Control } from '@pledgeonce/network/fabric/control.js';
import { residentMb } from '@pledgeonce/scripts/bench/chain/memory.js';
import { consortium } from '../../acceptance/support/consortium.js';
import { readProfile } from '../../acceptance/support/block-reader.js';
import { LedgerClient } from '../../acceptance/support/ledger-client.js';
import type { Load } from '../load.js';
import { flood, type Flood } from './flood.js';
import { faultLimitMs, withClaimsFlowing } from './with-claims-flowing.js';

/** How long each figure is taken, milliseconds. */
const lookMs = 20_000;

const floods: readonly (readonly [string, Flood])[] = [
  ['with envelopes of almost two megabytes', { streams: 8, bytes: 1_900_000 }],
  ['with small envelopes', { streams: 50, bytes: 100 }],
  ['with streams on which nothing is sent', { streams: 1_200 }],
];

describe('a member at full blast', () => {
  it.each(floods)(
    '%s hinders nobody else: claims flow on',
    async (how, what) => {
      const attacker = await LedgerClient.open(consortium(), 'CarrierMSP', 'officer');
      const profile = await readProfile(consortium().discovery);
      try {
        await withClaimsFlowing(async (load, control) => {
          const before = await look(load, control);
          const [during, answers] = await Promise.all([
            look(load, control),
            flood(profile, attacker.member, what, lookMs),
          ]);
          await sleep(lookMs / 2);
          const after = await look(load, control);
          tell(how, { before, during, after }, answers);
          // What is refused depends on how fast this machine floods; that it is, the door's own specs show.
          expect(Object.keys(answers)).not.toEqual([]);
          return [];
        });
      } finally {
        attacker.close();
      }
    },
    faultLimitMs,
  );
});

interface Figures {
  readonly claims: number;
  readonly p95Ms: number;
  readonly largestMb: Readonly<Record<'orderer' | 'door' | 'peer', number>>;
}

async function look(load: Load, { network }: Control): Promise<Figures> {
  const first = load.acknowledged.length;
  await sleep(lookMs);
  const times = load.acknowledged
    .slice(first)
    .map(({ tookMs }) => tookMs)
    .toSorted((one, other) => one - other);
  const largest = (wanted: string) =>
    Math.max(
      ...nodesOf(network.consortium)
        .filter(({ kind }) => kind === wanted)
        .map(({ name }) => residentMb(runningPid(network.layout.node(name)) ?? process.pid)),
    );
  return {
    claims: times.length,
    p95Ms: times[Math.floor(times.length * 0.95)] ?? NaN,
    largestMb: { orderer: largest('orderer'), door: largest('door'), peer: largest('peer') },
  };
}

/** Printed and not asserted: how fast a machine is says nothing about who is hindered. */
function tell(how: string, figures: Readonly<Record<string, Figures>>, answers: object): void {
  const lines = Object.entries(figures).map(([when, { claims, p95Ms, largestMb }]) => {
    const memory = Object.entries(largestMb).map(([kind, mb]) => `${kind} ${mb.toFixed(0)} MB`);
    return `  ${when.padEnd(6)} ${claims} claims, p95 ${p95Ms.toFixed(0)} ms, largest ${memory.join(', ')}`;
  });
  console.info(`A member ${how}:\n${lines.join('\n')}\n  answered ${JSON.stringify(answers)}`);
}
