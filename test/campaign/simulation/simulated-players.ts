import type { ClaimInput, FactInput, Input, Output } from '@pledgeonce/chaincode/api.js';
import type { LedgerFunction } from '@pledgeonce/chaincode/permissions.js';
import { dateOf } from '@pledgeonce/chaincode/rules/dates.js';
import { formatMoney } from '@pledgeonce/chaincode/rules/money.js';
import type { Seeded } from '../seeded.js';
import type { SimulatedClient } from './simulated-client.js';
import type { SimulatedTime } from './simulated-time.js';

/** Of every document, in cents. */
export const total = 100_000n;
const largest = 20_000;
/** A batch is of the papers of one exporter, who has so many at most. */
const papersOfBatch = 4;
const day = 86_400_000;
const seller = { scheme: 'USCC', id: '91330200MA2CKXQ85H' } as const;

/** A claim that its bank was told it has. */
export interface HeldClaim {
  readonly id: string;
  readonly document: string;
  readonly amount: bigint;
  isLive: boolean;
}

/** What the players have been told, and what of it no client should ever be told. */
export interface Told {
  readonly claims: HeldClaim[];
  readonly documents: string[];
  /** Claims that were asked for, each once however often its request was repeated. */
  attempts: number;
  /** Requests that asked for them, with one or with many. */
  requests: number;
  refused: number;
  /** Requests whose outcome was unknown for a while. */
  unknown: number;
  readonly unexpected: string[];
}

export interface Players {
  readonly banks: readonly SimulatedClient[];
  readonly customs: SimulatedClient;
  readonly regulator: SimulatedClient;
  readonly seeded: Seeded;
  readonly time: SimulatedTime;
  /** As many claims as a request may ask for: a gateway puts a hundred into a transaction. */
  readonly largestBatch: number;
  /** Draws twice where an outcome is unknown: a fault that has to be noticed. */
  readonly forgetsKeys?: boolean;
}

/** The same request under its key until its outcome is known. */
async function carry<F extends LedgerFunction>(
  { time, seeded, forgetsKeys }: Players,
  told: Told,
  client: SimulatedClient,
  name: F,
  inputFor: (attempt: number) => Input<F>,
): Promise<Output<F> | 'refused' | undefined> {
  let wasUnknown = false;
  for (let attempt = 0; attempt < 400; attempt++) {
    const input = inputFor(forgetsKeys === true && wasUnknown ? attempt : 0);
    const { kind, ...found } = await client.submit(name, input);
    if ('answer' in found) return found.answer;
    // As an only claim that does not fit.
    if ('code' in found && found.code === 'EXCEEDS_BALANCE') return 'refused';
    if ('code' in found) {
      told.unexpected.push(`${name}: ${found.code}`);
      return undefined;
    }
    if (kind === 'unknown' && !wasUnknown) {
      wasUnknown = true;
      told.unknown += 1;
    }
    await time.sleep(50 + seeded.below(900));
  }
  told.unexpected.push(`${name}: nobody ever learned what became of it`);
  return undefined;
}

/** Opens the registry and records the documents that are played on. */
export async function begin(
  players: Players,
  told: Told,
  initialise: Input<'initialise'>,
  documents: number,
): Promise<void> {
  const { regulator, seeded } = players;
  // Of two attempts that both reach the chain, the later one is told that it came too late.
  await carry(players, { ...told, unexpected: [] }, regulator, 'initialise', () => initialise);
  for (let index = 0; index < documents; index++) await record(players, told, `SIM-${seeded.seed}-${index}`);
}

async function record(players: Players, told: Told, number: string): Promise<void> {
  const fact: FactInput = {
    type: 'customs-declaration',
    number,
    date: '2026-03-01',
    seller: { ...seller, name: 'Ningbo Harbour Tools' },
    total: formatMoney(total, 'USD'),
  };
  const input = { idempotencyKey: `record-${number}`, facts: [fact] };
  const answer = await carry(players, told, players.customs, 'recordFacts', () => input);
  if (answer === undefined || answer === 'refused') return;
  const [item] = answer.items;
  if (item?.status === 'refused') told.unexpected.push(`recordFacts: ${item.code}`);
  else told.documents.push(number);
}

/** One officer, who reserves, withdraws and now and then waits for another document, for so many transactions. */
export async function play(
  players: Players,
  told: Told,
  bank: SimulatedClient,
  transactions: number,
): Promise<void> {
  const { seeded, time } = players;
  const own: HeldClaim[] = [];
  for (let count = 0; count < transactions; count++) {
    const chance = seeded.below(10);
    if (chance === 0)
      await record(
        players,
        told,
        `SIM-${seeded.seed}-more-${told.documents.length}-${seeded.below(1_000_000)}`,
      );
    else if (chance < 4 && own.length > 0)
      await withdraw(players, told, bank, own.splice(seeded.below(own.length), 1));
    else own.push(...(await reserve(players, told, bank)));
    await time.sleep(seeded.below(200));
  }
}

async function reserve(players: Players, told: Told, bank: SimulatedClient): Promise<readonly HeldClaim[]> {
  const { seeded, time } = players;
  const papers = papersFor(players, told);
  told.requests += 1;
  const wanted = Array.from({ length: sizeOf(players) }, () => ({
    key: `claim-${seeded.seed}-${told.attempts++}`,
    document: seeded.pick(papers),
    amount: BigInt(1 + seeded.below(largest)),
  }));
  const dueDate = dateOf(time.now() + 90 * day);
  const answer = await carry(players, told, bank, 'reserveClaims', (attempt) => ({
    claims: wanted.map(({ key, document, amount }): ClaimInput => {
      const money = formatMoney(amount, 'USD');
      const idempotencyKey = attempt === 0 ? key : `${key}-${attempt}`;
      return {
        ...{ idempotencyKey, applicationNumber: idempotencyKey, enterprise: seller, product: 'invoice' },
        ...{
          amount: money,
          dueDate,
          lines: [{ document: { type: 'customs-declaration', number: document }, amount: money }],
        },
      };
    }),
  }));
  if (answer === 'refused') told.refused += wanted.length;
  const items = typeof answer === 'object' ? answer.items : [];
  const held = items.flatMap((item, index): HeldClaim[] => {
    const asked = wanted[index];
    if (asked === undefined) return [];
    if (item.status === 'reserved') return [{ id: item.claim.id, ...asked, isLive: true }];
    told.refused += 1;
    if (item.code !== 'EXCEEDS_BALANCE') told.unexpected.push(`reserveClaims: ${item.code}`);
    return [];
  });
  told.claims.push(...held);
  return held;
}

/** One in three requests asks for one claim, as `POST /claims` does; the others for a batch. */
function sizeOf({ seeded, largestBatch }: Players): number {
  return seeded.below(3) === 0 ? 1 : 1 + seeded.below(largestBatch);
}

/** What a request is about: a few documents, which others want at the same time. */
function papersFor({ seeded }: Players, { documents }: Told): readonly string[] {
  return Array.from({ length: 1 + seeded.below(papersOfBatch) }, () => seeded.pick(documents));
}

async function withdraw(
  players: Players,
  told: Told,
  bank: SimulatedClient,
  [claim]: readonly HeldClaim[],
): Promise<void> {
  if (claim === undefined) return;
  const idempotencyKey = `withdraw-${claim.id.slice(0, 20)}`;
  const answer = await carry(players, told, bank, 'withdrawClaim', () => ({ id: claim.id, idempotencyKey }));
  if (typeof answer === 'object') claim.isLive = false;
}
