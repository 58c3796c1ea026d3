import { isDeepStrictEqual } from 'node:util';
import { peer } from '@hyperledger/fabric-protos';
import { parseMoney } from '@pledgeonce/chaincode/rules/money.js';
import { messageOf } from '@pledgeonce/network/message-of.js';
import type { ChannelLedger } from '@pledgeonce/network/embedded/ledger/channel-ledger.js';
import { verifyChain } from '@pledgeonce/network/embedded/ledger/testing/verify-chain.js';
import type { SimulatedClient } from './simulated-client.js';
import { type Told, total } from './simulated-players.js';
import type { SimulatedTables } from './simulated-tables.js';

/** What has to hold after every seed. @returns what does not. */
export async function violationsOf(
  ledger: ChannelLedger,
  told: Told,
  bank: SimulatedClient,
): Promise<readonly string[]> {
  await verifyChain(ledger);
  const written = versionsIn(ledger, 'claim');
  return [
    ...told.unexpected.map((one) => `told to a client: ${one}`),
    ...againstChain(told, written),
    ...neverBeyond(told, written),
    ...(await balances(told, bank)),
  ];
}

/** The tables of a gateway that was interrupted, and such as are made in one go. */
export interface GatewayTables {
  readonly kept: SimulatedTables;
  readonly fresh: SimulatedTables;
}

/**
 * What gateways tell their people is what the chain says: whatever interrupted them, the tables hold what they hold when they are
 * made in one go; each claim is in those of one bank, and each fact in those of customs, as it is now.
 */
export async function violationsInTables(
  ledger: ChannelLedger,
  gateways: readonly GatewayTables[],
): Promise<readonly string[]> {
  const wrong: string[] = [];
  const listed: Record<'claim' | 'fact', string[]> = { claim: [], fact: [] };
  for (const { kept, fresh } of gateways) {
    try {
      for (const one of [kept, fresh]) await one.catchUp(ledger.height);
    } catch (error) {
      return [messageOf(error)];
    }
    const [own, others] = [kept.content(), fresh.content()];
    const differing = [...others].filter(([name, rows]) => !isDeepStrictEqual(rows, own.get(name)));
    wrong.push(...differing.map(([name]) => `the table ${name} is not what the chain makes of it`));
    const shown = kept.government ? listed.fact : listed.claim;
    const rows = own.get(kept.government ? 'facts' : 'claims') ?? [];
    shown.push(...rows.map((row) => asWritten(JSON.parse(row) as Written)));
  }
  return [
    ...wrong,
    ...differences(ledger, 'claim', listed.claim),
    ...differences(ledger, 'fact', listed.fact),
  ];
}

/** What the chain has last and the tables have not, or not once. */
function differences(
  ledger: ChannelLedger,
  kind: 'claim' | 'fact',
  listed: readonly string[],
): readonly string[] {
  const present = new Map(versionsIn(ledger, kind).map((one) => [one.id, asWritten(one)]));
  const known = new Set(listed);
  const lacking = [...present.values()].filter((one) => !known.has(one));
  return [
    ...lacking.map((one) => `${kind} ${one} on the chain, and not in the tables`),
    ...(listed.length === present.size
      ? []
      : [`${listed.length} ${kind}s in the tables, of ${present.size}`]),
  ];
}

function asWritten({ id, seq, state }: Written): string {
  return `${id} is ${seq} ${state}`;
}

interface Written {
  readonly id: string;
  readonly state: string;
  readonly seq: number;
}

/** Every version of a claim, or of a fact, that a valid transaction wrote, in the order of the chain. */
function versionsIn(ledger: ChannelLedger, kind: 'claim' | 'fact'): readonly Written[] {
  const found: Written[] = [];
  for (let number = 0; number < ledger.height; number++) {
    for (const { code, parsed } of ledger.block(number)?.transactions ?? []) {
      if (code !== peer.TxValidationCode.VALID) continue;
      const writes = (parsed?.action?.namespaces ?? []).flatMap(({ publicSet }) => publicSet.getWritesList());
      for (const write of writes) {
        const [before, id] = write.getKey().split('~');
        if (before !== kind || id === undefined) continue;
        const { state, seq } = JSON.parse(Buffer.from(write.getValue_asU8()).toString()) as Omit<
          Written,
          'id'
        >;
        found.push({ id, state, seq });
      }
    }
  }
  return found;
}

/** What was acknowledged is there, once, as it was acknowledged, and nothing else is. */
function againstChain(told: Told, written: readonly Written[]): readonly string[] {
  const versions = new Map<string, Written[]>();
  for (const one of written) versions.set(one.id, [...(versions.get(one.id) ?? []), one]);
  const known = new Set(told.claims.map(({ id }) => id));
  return [
    ...told.claims.flatMap(({ id, isLive }) => {
      const states = (versions.get(id) ?? []).map(({ state, seq }) => `${seq} ${state}`).join(', ');
      const wanted = isLive ? '1 reserved' : '1 reserved, 2 withdrawn';
      return states === wanted ? [] : [`${id} was acknowledged as ${wanted} and is ${states || 'not there'}`];
    }),
    ...(known.size === told.claims.length ? [] : ['one claim was acknowledged twice']),
    ...[...versions.keys()].filter((id) => !known.has(id)).map((id) => `${id} was acknowledged to nobody`),
  ];
}

/** At no height of the chain is more drawn on a document than it states. */
function neverBeyond(told: Told, written: readonly Written[]): readonly string[] {
  const claims = new Map(told.claims.map((one) => [one.id, one]));
  const drawn = new Map<string, bigint>();
  const beyond = new Set<string>();
  for (const { id, state } of written) {
    const claim = claims.get(id);
    if (claim === undefined) continue;
    const sum = (drawn.get(claim.document) ?? 0n) + (state === 'reserved' ? claim.amount : -claim.amount);
    drawn.set(claim.document, sum);
    if (sum > total) beyond.add(claim.document);
  }
  return [...beyond].map((document) => `${document} gave more than it states`);
}

/** What the ledger says is left is what was not drawn. */
async function balances(told: Told, bank: SimulatedClient): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const number of new Set(told.documents)) {
    const live = told.claims.filter((one) => one.document === number && one.isLive);
    const left = total - live.reduce((sum, { amount }) => sum + amount, 0n);
    const answer = await bank.ask('verifyDocument', {
      document: { type: 'customs-declaration', number },
      particulars: {
        enterprise: { scheme: 'USCC', id: '91330200MA2CKXQ85H' },
        total: { amount: '1000.00', currency: 'USD' },
      },
    });
    const said =
      answer.remaining === undefined
        ? undefined
        : parseMoney(answer.remaining, 'remaining', 'allow-zero').minor;
    if (said !== left) wrong.push(`${number} has ${String(said)} left and not ${left}`);
  }
  return wrong;
}
