import type { Logger } from 'pino';
import type { Limits, OrganisationConfig } from '../config.js';
import type { ConnectionProfile } from '../ledger/connection-profile.js';
import { organisationOf } from '../ledger/connection-profile.js';
import { Contradictions } from '../ledger/answers/contradictions.js';
import { Trust } from '../ledger/answers/trust.js';
import { Metrics } from '../metrics.js';
import { ClerkSignatory } from '../people/clerk-signatory.js';
import type { CleanUps } from './clean-ups.js';
import { followBlocks, takeOver } from './follow-blocks.js';
import { openWallets } from './keep-people.js';
import { openLedger } from './open-ledger.js';
import { openOutbox } from './open-outbox.js';
import { openState } from './open-state.js';
import type { Places } from './places.js';
import { reachNetwork } from './reach-network.js';

/** What every organisation of a process starts with. */
export interface OrganisationOptions {
  readonly profile: ConnectionProfile;
  readonly masterKey: Uint8Array;
  readonly limits: Limits;
  readonly rebuildProjection: boolean;
  readonly log: Logger;
}

/** Opens what reaches the ledger and what follows it; nothing runs yet but what the first answer needs. */
export async function openNetworkSide(
  config: OrganisationConfig,
  options: OrganisationOptions,
  places: Places,
  cleanUps: CleanUps,
) {
  const { profile, masterKey, limits } = options;
  const { msp: mspId } = config;
  const organisation = organisationOf(profile, mspId);
  const { government, kind } = organisation;
  const log = options.log.child({ msp: mspId });
  const { store, projection } = await openState(
    config,
    organisation,
    options.rebuildProjection,
    places,
    cleanUps,
  );
  const wallets = await openWallets({ config, organisation, masterKey, places, log }, cleanUps);
  const metrics: Metrics = new Metrics(
    mspId,
    () => follower.lag,
    () => follower.behindMs,
  );
  const blocks = {
    blockTimeoutMs: limits.endorseTimeoutMs,
    streamFailed: metrics.streamFailed.bind(metrics),
  };
  const reach = reachNetwork(mspId, profile, wallets, blocks, log, cleanUps);
  const latestBlock = () => Math.max(reach.watcher.latestBlock, projection.nextBlock - 1);
  const outbox = openOutbox(store, reach, profile.channel, limits);
  const counted = metrics.contradicted.bind(metrics);
  const contradictions = new Contradictions({ store, trust: new Trust(), log, counted });
  const ways = { ...reach, outbox, contradictions };
  const predecessors = () => projection.successions.inheritances().map(({ member }) => member);
  const known = { latestBlock, predecessors };
  const ledger = openLedger(mspId, profile, ways, known, limits, metrics, log);
  const clerk = new ClerkSignatory(async () => reach.signatory(await wallets.services.clerk()));
  cleanUps.add(() => clerk.close());
  const asClerk = () => clerk.get();
  const policy = async () => ledger.evaluate(await asClerk(), 'readPolicy', {});
  const own = { mspId, kind, government, profile, projection, ledger, asClerk, log };
  const follower = followBlocks({ ...own, reach, metrics }, cleanUps);
  const heirs = takeOver({ ...own, reach }, cleanUps);
  return {
    own,
    policy,
    store,
    organisation,
    wallets,
    reach,
    outbox,
    contradictions,
    latestBlock,
    metrics,
    follower,
    heirs,
  };
}

export type NetworkSide = Awaited<ReturnType<typeof openNetworkSide>>;

/** From now on the tables follow the ledger. */
export function followLedger({ reach, follower, heirs }: NetworkSide): void {
  reach.bell.start();
  reach.watcher.start();
  for (const one of [follower, ...heirs]) one.start();
}
