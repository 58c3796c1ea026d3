import type { History, Operation } from './operation.js';

/** Two faults that a registry could have, planted in a history that has none: a checker that misses one is no checker. */
const plants: readonly ((left: bigint) => readonly Pick<Operation, 'asked' | 'told'>[])[] = [
  // A stale read: what was left before the last draw.
  (left) => [
    { asked: { kind: 'draw', amount: 1n }, told: left > 0n ? 'done' : 'refused' },
    { asked: { kind: 'read' }, told: left > 0n ? left : left + 1n },
  ],
  // A lost release: what was given back is not there.
  (left) => [
    { asked: { kind: 'release', amount: 1n }, told: 'done' },
    { asked: { kind: 'read' }, told: left },
  ],
];

/** @returns one history for each fault; nothing where something is open, which might explain them. */
export function plantedIn(history: History): readonly History[] {
  const last = history.operations.at(-1);
  if (typeof last?.told !== 'bigint' || history.operations.some(({ told }) => told === 'open')) return [];
  const { told: left } = last;
  const end = Math.max(...history.operations.map(({ until }) => until));
  return plants.map((plant) => ({
    ...history,
    operations: [
      ...history.operations,
      ...plant(left).map((one, index) => ({
        ...one,
        client: 0,
        from: end + 1 + index,
        until: end + 1.5 + index,
      })),
    ],
  }));
}
