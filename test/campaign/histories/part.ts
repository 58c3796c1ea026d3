import { setTimeout as sleep } from 'node:timers/promises';
import { chainHeight, claimsOnChain } from '../../faults/nothing-lost.js';
import { declarations } from '../../faults/documents.js';
import { killAtRandom } from '../kills/killer.js';
import type { Part } from '../part.js';
import type { Result } from '../results.js';
import { isLinearizable } from './linearizable.js';
import type { History } from './operation.js';
import { plantedIn } from './planted.js';
import { Players } from './players.js';
import { askPorcupine, whyNoPorcupine } from './porcupine.js';

const workers = 24;
const documents = 200;

/** What two banks see of the same balances while programs are killed: is there one order that explains it all? */
export const histories: Part = async (setting) => {
  const { seeded, milliseconds, folder, report, signal } = setting;
  const facts = await declarations(documents, '1000.00');
  const since = await chainHeight();
  const players = new Players(seeded, facts, workers);
  const ended = new AbortController();
  const killing = killAtRandom({ ...setting, signal: AbortSignal.any([signal, ended.signal]) });
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
  ended.abort();
  const kills = await killing;
  await players.stop();
  report(
    `${String(players.played)} operations on ${String(players.histories().length)} documents; checking …`,
  );

  return [
    ...(await judged(players, folder)),
    await onceInTheChain(players, since),
    {
      promise: 'An unknown outcome becomes known',
      unit: 'open requests',
      attempts: players.open,
      violations: players.client.unexpected,
    },
    kills,
  ];
};

/** Both checkers on every history, and on histories with a fault planted in them. */
async function judged(players: Players, folder: string): Promise<readonly Result[]> {
  const found = players.histories();
  const planted = found.flatMap(plantedIn);
  const whyNot = whyNoPorcupine();
  const isAsked = whyNot === undefined;
  return [
    {
      promise: 'One order explains every answer about a balance (our checker)',
      unit: 'operations',
      attempts: players.played,
      violations: found
        .filter((one) => !isLinearizable(one))
        .map((one) =>
          JSON.stringify(one, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value)),
        ),
      note: `${found.length} histories`,
    },
    {
      promise: 'One order explains every answer about a balance (Porcupine)',
      unit: 'operations',
      attempts: isAsked ? players.played : 0,
      violations: isAsked ? await askPorcupine(found, folder) : [],
      note: whyNot ?? `${found.length} histories`,
    },
    {
      promise: 'Planted stale reads and lost releases are found by both checkers',
      unit: 'plants',
      attempts: planted.length,
      violations: [
        ...planted.filter(isLinearizable).map(({ document }) => `ours missed one of ${document}`),
        ...(isAsked ? await missedByPorcupine(planted, folder) : []),
      ],
    },
  ];
}

async function onceInTheChain(players: Players, since: bigint): Promise<Result> {
  const onChain = await claimsOnChain(since);
  const acknowledged = [...players.acknowledged()].sort();
  const missing = acknowledged.filter((id) => !onChain.includes(id));
  const unasked = onChain.filter((id) => !acknowledged.includes(id));
  return {
    promise: 'What was acknowledged is in the chain, once, and nothing else is',
    unit: 'claims',
    attempts: acknowledged.length,
    violations: [
      ...missing.map((id) => `${id} was acknowledged and is not there`),
      ...unasked.map((id) => `${id} is there and was acknowledged to nobody`),
    ],
  };
}

async function missedByPorcupine(planted: readonly History[], folder: string): Promise<readonly string[]> {
  const caught = await askPorcupine(planted, folder);
  const missed = planted.length - caught.length;
  return missed === 0 ? [] : [`Porcupine missed ${missed}`];
}
