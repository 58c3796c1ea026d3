import { readFile } from 'node:fs/promises';
import type { Logger } from 'pino';
import { createApp } from './api/app.js';
import type { ApiContext } from './api/context.js';
import { Idempotency } from './api/idempotency.js';
import { ImportVerdicts } from './api/import-verdicts.js';
import { Ongoing } from './api/ongoing.js';
import { KeptProofs } from './api/kept-proofs.js';
import { QuestionBudget } from './api/question-budget.js';
import { VerificationLog } from './api/verification-log.js';
import { Scans } from './audit/scans.js';
import type { Limits, OrganisationConfig } from './config.js';
import type { ConnectionProfile } from './ledger/connection-profile.js';
import { organisationOf } from './ledger/connection-profile.js';
import { Contradictions } from './ledger/answers/contradictions.js';
import { Trust } from './ledger/answers/trust.js';
import { Operations } from './ledger/operations.js';
import { readLoanRules } from './loans/rules.js';
import { KeptOffers } from './matchmaking/kept-offers.js';
import { Metrics } from './metrics.js';
import { ClerkSignatory } from './people/clerk-signatory.js';
import { CertificateStore } from './certificates/certificate-store.js';
import { Preferences } from './people/preferences.js';
import type { Session } from './people/session-store.js';
import { CleanUps } from './start/clean-ups.js';
import { roundsOf } from './start/do-rounds.js';
import { followBlocks } from './start/follow-blocks.js';
import { keepHouse } from './start/keep-house.js';
import { keepSessions, openWallets } from './start/keep-people.js';
import { keepRegister } from './start/keep-register.js';
import { listen } from './start/listen.js';
import { openDesks, openLedger } from './start/open-ledger.js';
import { openOutbox } from './start/open-outbox.js';
import { openState } from './start/open-state.js';
import { reachNetwork } from './start/reach-network.js';

const hour = 3_600_000;

export interface OrganisationOptions {
  readonly profile: ConnectionProfile;
  readonly masterKey: Uint8Array;
  readonly limits: Limits;
  readonly rebuildProjection: boolean;
  readonly log: Logger;
}

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
    const url = await start(config, options, cleanUps);
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
  const { profile, masterKey, limits } = options;
  const { msp: mspId } = config;
  const organisation = organisationOf(profile, mspId);
  const { government } = organisation;
  const log = options.log.child({ msp: mspId });
  const loanRules = config.loanRules === undefined ? undefined : await readLoanRules(config.loanRules);
  const { store, projection } = await openState(config, government, options.rebuildProjection, cleanUps);
  const wallets = await openWallets(config, organisation, masterKey, log);
  const metrics: Metrics = new Metrics(
    mspId,
    () => follower.lag,
    () => follower.behindMs,
  );
  const blocks = {
    blockTimeoutMs: limits.endorseTimeoutMs,
    streamFailed: metrics.streamFailed.bind(metrics),
  };
  const reach = reachNetwork(mspId, profile, wallets.services, blocks, log, cleanUps);
  const { watcher } = reach;
  const latestBlock = () => Math.max(watcher.latestBlock, projection.nextBlock - 1);
  const outbox = openOutbox(store, reach, profile.channel, limits);
  const contradictions = new Contradictions({
    store,
    trust: new Trust(),
    log,
    counted: metrics.contradicted.bind(metrics),
  });
  const ways = { ...reach, outbox, contradictions };
  const ledger = openLedger(mspId, profile, ways, latestBlock, limits, metrics, log);
  const clerk = new ClerkSignatory(async () => reach.signatory(await wallets.services.clerk()));
  cleanUps.add(() => clerk.close());
  const asClerk = () => clerk.get();
  const own = { mspId, government, profile, projection, ledger, asClerk, log };
  const follower = followBlocks({ ...own, reach, metrics }, cleanUps);
  const ongoing = new Ongoing(limits.streamsPerPerson);
  const ended = (session: Pick<Session, 'id'>) => {
    ongoing.sessionEnded(session);
  };
  const signedIn = keepSessions(limits, reach.signatory, ended, cleanUps);
  const { sessions } = signedIn;
  const { channel } = profile;
  const belonging = await keepRegister(
    { ...wallets, config, masterKey, organisation, channel, limits, reach, sessions, log },
    cleanUps,
  );

  const lifeMs = limits.idempotencyHours * hour;
  const idempotency = new Idempotency(store, lifeMs);
  const importVerdicts = new ImportVerdicts(store, lifeMs);
  const verifications = new VerificationLog(store);
  const questions = new QuestionBudget(limits);
  const proofs = new KeptProofs(store);
  const keptOffers = new KeptOffers(store, masterKey);
  const scans = new Scans(projection.audit);
  cleanUps.add(() => scans.stop());
  const rounds = roundsOf(
    { ...own, follower, verifications, loanRules, keptOffers, limits, metrics },
    cleanUps,
  );
  const { trustedProxies = false, metricsTokenFile } = config;
  const metricsToken =
    metricsTokenFile === undefined ? undefined : (await readFile(metricsTokenFile, 'utf8')).trim();
  const context: ApiContext = {
    trustedProxies,
    metricsToken,
    profile,
    organisation,
    limits,
    log,
    metrics,
    ...wallets,
    ...belonging,
    ...signedIn,
    preferences: new Preferences(store),
    certificates: new CertificateStore(store),
    ongoing,
    ledger,
    ...openDesks(ledger, limits),
    operations: new Operations(store),
    outbox,
    contradictions,
    importVerdicts,
    idempotency,
    watcher,
    latestBlock,
    projection,
    follower,
    readBlock: (number) => reach.source.block(number),
    verifications,
    questions,
    proofs,
    loanRules,
    keptOffers,
    scans,
    developmentPeople: config.developmentPeople,
  };

  reach.bell.start();
  watcher.start();
  follower.start();
  for (const one of rounds) one.start();
  keepHouse({ sessions, outbox, kept: [idempotency, importVerdicts, outbox], log }, cleanUps);
  return listen(
    createApp(context),
    log,
    { ...config, drainMs: limits.drainMs },
    () => {
      ongoing.endAll();
    },
    cleanUps,
  );
}
