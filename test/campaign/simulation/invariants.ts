import { peer } from '@hyperledger/fabric-protos';
import { parseMoney } from '@pledgeonce/chaincode/rules/money.js';
import type { ChannelLedger } from '@pledgeonce/network/embedded/ledger/channel-ledger.js';
import { verifyChain } from '@pledgeonce/network/embedded/ledger/testing/verify-chain.js';
import type { SimulatedClient } from './simulated-client.js';
import { type Told, total } from './simulated-players.js';

/** What has to hold after every seed. @returns what does not. */
export async function violationsOf(
  ledger: ChannelLedger,
  told: Told,
  bank: SimulatedClient,
): Promise<readonly string[]> {
  await verifyChain(ledger);
  const written = claimsIn(ledger);
  return [
    ...told.unexpected.map((one) => `told to a client: ${one}`),
    ...againstChain(told, written),
    ...neverBeyond(told, written),
    ...(await balances(told, bank)),
  ];
}

interface Written {
  readonly id: string;
  readonly state: string;
  readonly seq: number;
}

/** Every version of a claim that a valid transaction wrote, in the order of the chain. */
function claimsIn(ledger: ChannelLedger): readonly Written[] {
  const found: Written[] = [];
  for (let number = 0; number < ledger.height; number++) {
    for (const { code, parsed } of ledger.block(number)?.transactions ?? []) {
      if (code !== peer.TxValidationCode.VALID) continue;
      const writes = (parsed?.action?.namespaces ?? []).flatMap(({ publicSet }) => publicSet.getWritesList());
      for (const write of writes) {
        const id = /^claim~(.+)$/.exec(write.getKey())?.[1];
        if (id === undefined) continue;
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
