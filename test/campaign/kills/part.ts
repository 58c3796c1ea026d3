import { setTimeout as sleep } from 'node:timers/promises';
import { eachAtOnce } from '@pledgeonce/gateway/api/each-at-once.js';
import { signIn } from '@pledgeonce/scripts/rest/client.js';
import type { Json } from '@pledgeonce/scripts/rest/client.js';
import { at, textAt } from '@pledgeonce/scripts/rest/json.js';
import { consortium } from '../../acceptance/support/consortium.js';
import { CarefulClient } from '../../faults/careful-client.js';
import { chainHeight, claimsOnChain } from '../../faults/nothing-lost.js';
import type { Part } from '../part.js';
import type { Result } from '../results.js';
import type { Seeded } from '../seeded.js';
import { amendmentJob, claimJob, type Job, paymentJob, type ReadBack, transferJob } from './jobs.js';
import { killAtRandom } from './killer.js';

const workers = 12;
/** So long a person thinks before each request, at most: without it, those who are refused would ask as fast as they can. */
const thoughtMs = 1_000;
/** So long whoever is told that the network is away does something else. */
const awayMs = 2_000;
const jobs: readonly (() => Job)[] = [
  () => claimJob('BankAMSP'),
  () => claimJob('BankBMSP'),
  () => transferJob('BankAMSP', 'BankBMSP'),
  () => transferJob('BankBMSP', 'BankAMSP'),
  amendmentJob,
  () => paymentJob('BankAMSP'),
];
/** How long a projection may take to have what was committed, on a busy machine. */
const patienceMs = 60_000;
const readersAtOnce = 16;
/** On a busy machine one kill after the other may keep a request from its answer for minutes: only for ever is wrong. */
const answerLimitMs = 600_000;

/** What a load of everything has been told. */
class MixedLoad {
  readonly client = new CarefulClient(undefined, answerLimitMs);
  readonly done = new Map<string, number>();
  readonly expected: ReadBack[] = [];
  readonly claims: string[] = [];
  requests = 0;
  open = 0;

  constructor(
    readonly seeded: Seeded,
    readonly stopping: AbortSignal,
  ) {}

  async work(): Promise<void> {
    while (!this.stopping.aborted) await this.#carryOut(this.seeded.pick(jobs)());
  }

  /** Up to its end, or to a request of which the gateway says that nothing was changed. */
  async #carryOut({ kind, steps, read }: Job): Promise<void> {
    const answers: Json[] = [];
    for (const step of steps) {
      await sleep(this.seeded.below(thoughtMs));
      const { who, status, ...request } = step(answers);
      const key = `kills-${this.seeded.seed}-${Date.now()}-${this.requests++}`;
      const { answer, wasOpen } = await this.client.post(who, { ...request, key });
      if (wasOpen) this.open += 1;
      if (answer === undefined) {
        await sleep(awayMs);
        return;
      }
      // A repeated request may be answered as what it is by now.
      if (answer.status !== status && answer.status !== 200) {
        this.client.unexpected.push(`${request.path}: ${answer.status} ${JSON.stringify(answer.body)}`);
        return;
      }
      answers.push(answer.body);
      if (request.path === '/claims' || request.path.endsWith('/transfer/acceptance'))
        this.claims.push(textAt(answer.body, 'id'));
    }
    this.expected.push(...read(answers));
    this.done.set(kind, (this.done.get(kind) ?? 0) + 1);
  }
}

/** Network, chaincode and gateways killed at any moment, while people record, amend, reserve, hand over and pay. */
export const kills: Part = async (setting) => {
  const { seeded, milliseconds, report, signal } = setting;
  const since = await chainHeight();
  const ended = new AbortController();
  const load = new MixedLoad(seeded, ended.signal);
  const working = Array.from({ length: workers }, () => load.work());
  const killing = killAtRandom({ ...setting, signal: AbortSignal.any([signal, ended.signal]) });
  // As many as were asked for may be over before the time is.
  const time = sleep(milliseconds, undefined, { signal: AbortSignal.any([signal, ended.signal]) });
  await Promise.race([killing, time.catch(() => undefined)]);
  ended.abort();
  const killed = await killing;
  await Promise.all(working);
  report(`${load.requests} requests; reading back …`);
  return [
    killed,
    {
      promise: 'Of a mixed load nothing that was acknowledged is lost or changed by kills',
      unit: 'jobs',
      attempts: [...load.done.values()].reduce((sum, one) => sum + one, 0),
      violations: [...load.client.unexpected, ...(await wrongIn(load.expected))],
      note: [
        ...[...load.done].map(([kind, count]) => `${count} ${kind}`),
        `${load.open} outcomes unknown for a while`,
      ].join(', '),
    },
    await claimsOnce(load.claims, since),
  ];
};

/** @returns what is not read as it was acknowledged. */
async function wrongIn(expected: readonly ReadBack[]): Promise<readonly string[]> {
  const wrong: string[] = [];
  const readers = new Map(
    await Promise.all(
      [...new Set(expected.map(({ who }) => who))].map(
        async (who) => [who, await signIn(consortium(), who, 'officer')] as const,
      ),
    ),
  );
  await eachAtOnce(expected, readersAtOnce, async ({ who, path, field, value }) => {
    const until = Date.now() + patienceMs;
    for (;;) {
      const answer = await readers.get(who)?.get(path);
      const found = at(answer?.body, field);
      if (found === value) break;
      if (Date.now() > until) {
        wrong.push(`${path} of ${who}: ${field} is ${JSON.stringify(found)} and not ${String(value)}`);
        break;
      }
      await sleep(500);
    }
  });
  return wrong;
}

/** Transfers make claims too: none twice, and none that was acknowledged to nobody. */
async function claimsOnce(acknowledged: readonly string[], since: bigint): Promise<Result> {
  const onChain = await claimsOnChain(since);
  return {
    promise: 'Of a mixed load each claim is in the chain once, and no other is',
    unit: 'claims',
    attempts: acknowledged.length,
    violations: [
      ...acknowledged.filter((id) => !onChain.includes(id)).map((id) => `${id} is not there`),
      ...onChain.filter((id) => !acknowledged.includes(id)).map((id) => `${id} was acknowledged to nobody`),
    ],
  };
}
