import type { Part } from '../part.js';
import { makeMaterial } from './consortium-material.js';
import { type Outcome, simulate } from './simulate.js';

/** Whole registries, one seed after the other, in which everything goes wrong that a disk, a clock and a network can. */
export const simulation: Part = async ({ seeded, milliseconds, report, signal }) => {
  const until = performance.now() + milliseconds;
  const material = await makeMaterial();
  const outcomes: Outcome[] = [];
  let said = 0;
  while (performance.now() < until && !signal.aborted) {
    outcomes.push(await simulate(material, seeded.below(1_000_000_000)));
    if (performance.now() - said < 30_000) continue;
    said = performance.now();
    report(`${outcomes.length} seeds, ${sumOf(outcomes, ({ told }) => told.attempts)} claims asked for`);
  }
  const damage = (of: (one: Outcome['damage']) => number) => sumOf(outcomes, (one) => of(one.damage));
  return [
    {
      promise: 'A simulated registry keeps its promises whatever disk, clock and network do',
      unit: 'claims asked for',
      attempts: sumOf(outcomes, ({ told }) => told.attempts),
      violations: outcomes.flatMap(({ seed, violations }) => violations.map((one) => `seed ${seed}: ${one}`)),
      ...(outcomes.length > 0 && { seeds: outcomes.length }),
      note: [
        `${damage(({ powerCuts, tornWrites }) => powerCuts + tornWrites)} power cuts (${damage((one) => one.tornWrites)} in a write)`,
        `${damage((one) => one.fullDisks)} full disks`,
        `${damage((one) => one.flippedBits)} flipped bits`,
        `${damage((one) => one.chaincodeKills)} chaincode kills`,
        `${damage((one) => one.gatewayKills)} gateway kills`,
        `${damage((one) => one.clockJumps)} clock jumps`,
        `${sumOf(outcomes, ({ told }) => told.requests)} requests, ${sumOf(outcomes, ({ told }) => told.unknown)} outcomes unknown for a while`,
      ].join(', '),
    },
  ];
};

function sumOf(outcomes: readonly Outcome[], of: (outcome: Outcome) => number): number {
  return outcomes.reduce((sum, one) => sum + of(one), 0);
}
