import { createApp } from './api/app.js';
import type { OrganisationConfig } from './config.js';
import { PublicUrl } from './doors/public-url.js';
import { TlsDoor } from './doors/tls-door.js';
import type { ReplicaConfig } from './replicas/replica-config.js';
import { CleanUps } from './start/clean-ups.js';
import { listen } from './start/listen.js';
import { ownPlaces } from './start/places.js';
import { attend, settingsOf } from './start/attend.js';
import { followLedger, openNetworkSide } from './start/open-network-side.js';
import type { NetworkSide, OrganisationOptions } from './start/open-network-side.js';
import { watchEnds } from './start/watch-ends.js';

/** One organisation's gateway that answers. */
export interface RunningGateway {
  readonly msp: string;
  readonly url: string;
  /** Takes no new requests, lets the present ones finish, and puts everything on disk. */
  stop(): Promise<void>;
}

/**
 * Starts the gateway of one organisation; what it knew before, it knows again.
 *
 * @throws Error when the machine or the network does not allow it; then nothing of it is left running.
 */
export async function startOrganisation(
  config: OrganisationConfig,
  options: OrganisationOptions,
): Promise<RunningGateway> {
  const cleanUps = new CleanUps();
  try {
    const { replicas } = config;
    const url =
      replicas === undefined
        ? await start(config, options, cleanUps)
        : await startReplica({ ...config, replicas }, options, cleanUps);
    return { msp: config.msp, url, stop: () => cleanUps.run() };
  } catch (error) {
    await cleanUps.run().catch((failure: unknown) => {
      options.log.warn({ err: failure, msp: config.msp }, 'not ended cleanly');
    });
    throw error;
  }
}

/** @returns the address at which it answers. */
async function start(
  config: OrganisationConfig,
  options: OrganisationOptions,
  cleanUps: CleanUps,
): Promise<string> {
  const places = ownPlaces(config.stateDir);
  const opened = await openNetworkSide(config, options, places, cleanUps);
  const publicUrl = new PublicUrl(config.publicUrl);
  const { context, begin } = await attend(config, options, { opened, places, publicUrl }, cleanUps);
  followLedger(opened);
  begin();
  const { host, port, tls: files } = config;
  const { log } = opened.own;
  const tls = files === undefined ? undefined : await TlsDoor.open(files, log);
  watchEnds(context, opened.store, tls, cleanUps);
  const endStreams = () => {
    context.ongoing.endAll();
  };
  const { drainMs } = options.limits;
  const url = await listen(createApp(context), log, { host, port, drainMs, tls }, endStreams, cleanUps);
  publicUrl.opened(url);
  return url;
}

/** One of several: it follows the ledger at once, and serves while it leads. */
async function startReplica(
  config: OrganisationConfig & { readonly replicas: ReplicaConfig },
  options: OrganisationOptions,
  cleanUps: CleanUps,
): Promise<string> {
  const { metricsToken } = await settingsOf(config);
  // Read where there is a database only: it brings the driver.
  const { runReplica } = await import('./start/run-replica.js');
  const parts = {
    config,
    metricsToken,
    drainMs: options.limits.drainMs,
    log: options.log.child({ msp: config.msp }),
  };
  return runReplica<NetworkSide>(
    parts,
    {
      follow: async (places, isFirst, ends) => {
        const rebuildProjection = options.rebuildProjection && isFirst;
        const opened = await openNetworkSide(config, { ...options, rebuildProjection }, places, ends);
        followLedger(opened);
        return opened;
      },
      serve: async (opened, places, { url, tls }, ends) => {
        const publicUrl = new PublicUrl(config.publicUrl);
        publicUrl.opened(url);
        const { context, begin } = await attend(config, options, { opened, places, publicUrl }, ends);
        begin();
        watchEnds(context, opened.store, tls, ends);
        const endStreams = () => {
          context.ongoing.endAll();
        };
        return { app: createApp({ ...context, isReplica: true }), endStreams };
      },
    },
    cleanUps,
  );
}
