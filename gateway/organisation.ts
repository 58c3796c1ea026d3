import { readFile } from 'node:fs/promises';
import type { Logger } from 'pino';
import { createApp } from './api/app.js';
import type { ApiContext } from './api/context.js';
import { Idempotency } from './api/http/idempotency.js';
import { ImportVerdicts } from './api/import-verdicts.js';
import { Ongoing } from './api/http/ongoing.js';
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
import { ProbingReporter } from './ledger/report-probing.js';
import { PublicUrl } from './doors/public-url.js';
import { TlsDoor } from './doors/tls-door.js';
import { readLoanRules } from './loans/rules.js';
import { KeptRequests } from './iso20022/kept-requests.js';
import { KeptOffers } from './matchmaking/kept-offers.js';
import { certificatesInUse } from './ends/certificates-in-use.js';
import { EndsWatch } from './ends/ends-watch.js';
import { Metrics } from './metrics.js';
import { watchGateway } from './observe/watch-gateway.js';
import type { DurableStore } from './storage/durable-store.js';
import { Rounds } from './time/rounds.js';
import { ClerkSignatory } from './people/clerk-signatory.js';
import { CertificateStore } from './certificates/certificate-store.js';
import { KeptResults } from './reconciliations/kept-results.js';
import { Preferences } from './people/preferences.js';
import type { Session } from './people/session-store.js';
import { CleanUps } from './start/clean-ups.js';
import { roundsOf } from './start/do-rounds.js';
import { followBlocks, takeOver } from './start/follow-blocks.js';
import { attendWebhooks } from './start/attend-webhooks.js';
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
  const { limits, masterKey, profile } = options;
  const loanRules = config.loanRules === undefined ? undefined : await readLoanRules(config.loanRules);
  const opened = await openNetworkSide(config, options, cleanUps);
  const { own, organisation, wallets, reach, outbox, metrics, follower, policy } = opened;
  const { projection, ledger, log } = own;
  const ongoing = new Ongoing(limits.streamsPerPerson);
  const ended = (session: Pick<Session, 'id'>) => {
    ongoing.sessionEnded(session);
  };
  const signedIn = keepSessions(limits, reach.signatory, ended, cleanUps);
  const { sessions } = signedIn;
  const { channel } = profile;
  const publicUrl = new PublicUrl(config.publicUrl);
  const belonging = await keepRegister(
    { ...wallets, config, masterKey, organisation, channel, limits, reach, sessions, policy, publicUrl, log },
    cleanUps,
  );
  const kept = await keepAnswers(config, opened, options, cleanUps);
  const { idempotency, importVerdicts, verifications, keptOffers } = kept;
  const rounds = roundsOf(
    { ...own, follower, verifications, loanRules, keptOffers, limits, metrics },
    cleanUps,
  );
  const context: ApiContext = {
    ...(await settingsOf(config)),
    profile,
    organisation,
    limits,
    log,
    metrics,
    ...wallets,
    ...belonging,
    ...signedIn,
    ...kept,
    ongoing,
    publicUrl,
    ledger,
    ...openDesks(ledger, limits),
    outbox,
    contradictions: opened.contradictions,
    ...{ watcher: reach.watcher, bell: reach.bell },
    latestBlock: opened.latestBlock,
    projection,
    follower,
    readBlock: (number) => reach.source.block(number),
    loanRules,
  };

  reach.bell.start();
  reach.watcher.start();
  for (const one of [follower, ...opened.heirs, ...rounds]) one.start();
  keepHouse({ sessions, outbox, kept: [idempotency, importVerdicts, outbox], log }, cleanUps);
  return openDoor(context, { config, drainMs: limits.drainMs, store: opened.store, publicUrl }, cleanUps);
}

interface DoorParts {
  readonly config: OrganisationConfig;
  readonly drainMs: number;
  readonly store: DurableStore;
  readonly publicUrl: PublicUrl;
}

/** @returns the address of the door, with TLS where the configuration has a certificate. */
async function openDoor(
  context: ApiContext,
  { config: { host, port, tls: files }, drainMs, store, publicUrl }: DoorParts,
  cleanUps: CleanUps,
): Promise<string> {
  const { log, ongoing, people } = context;
  const tls = files === undefined ? undefined : await TlsDoor.open(files, log);
  const ends = () => certificatesInUse({ ...context, tls });
  watchGateway({ ...context, ends });
  const endsWatch = new EndsWatch({ ends, store, people });
  const rounds = new Rounds(hour, () => endsWatch.look(), log, 'ends of certificates not looked at');
  rounds.start();
  cleanUps.add(() => rounds.stop());
  const endStreams = () => {
    ongoing.endAll();
  };
  const url = await listen(createApp(context), log, { host, port, drainMs, tls }, endStreams, cleanUps);
  publicUrl.opened(url);
  return url;
}

/** Opens what reaches the ledger and what follows it; nothing runs yet but what the first answer needs. */
async function openNetworkSide(config: OrganisationConfig, options: OrganisationOptions, cleanUps: CleanUps) {
  const { profile, masterKey, limits } = options;
  const { msp: mspId } = config;
  const organisation = organisationOf(profile, mspId);
  const { government, kind } = organisation;
  const log = options.log.child({ msp: mspId });
  const { store, projection } = await openState(config, organisation, options.rebuildProjection, cleanUps);
  const wallets = await openWallets({ config, organisation, masterKey, log }, cleanUps);
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

/** What the gateway keeps of requests and their answers beside the ledger. */
async function keepAnswers(
  config: OrganisationConfig,
  { own, store, follower, metrics }: Awaited<ReturnType<typeof openNetworkSide>>,
  { limits, masterKey }: OrganisationOptions,
  cleanUps: CleanUps,
) {
  const { projection, log } = own;
  const lifeMs = limits.idempotencyHours * hour;
  const scans = new Scans(projection.audit);
  const reporter = new ProbingReporter(own);
  cleanUps.add(() => scans.stop());
  return {
    idempotency: new Idempotency(store, lifeMs),
    importVerdicts: new ImportVerdicts(store, lifeMs),
    verifications: new VerificationLog(store),
    questions: new QuestionBudget(limits, Date.now, (guesses) => void reporter.report(guesses)),
    proofs: new KeptProofs(store),
    financingMessages: new KeptRequests(store),
    keptOffers: new KeptOffers(store, masterKey),
    reconciliations: new KeptResults(store),
    preferences: new Preferences(store),
    certificates: new CertificateStore(store),
    operations: new Operations(store),
    scans,
    ...(await attendWebhooks({ config, store, projection, follower, masterKey, metrics, log }, cleanUps)),
  };
}

/** What the configuration says to the API alone. */
async function settingsOf(
  config: OrganisationConfig,
): Promise<
  Pick<ApiContext, 'trustedProxies' | 'metricsToken' | 'developmentPeople' | 'refusedAtDoor' | 'colour'>
> {
  const { trustedProxies = false, metricsTokenFile, developmentPeople, refusedAtDoor, colour } = config;
  const metricsToken =
    metricsTokenFile === undefined ? undefined : (await readFile(metricsTokenFile, 'utf8')).trim();
  return { trustedProxies, metricsToken, developmentPeople, refusedAtDoor, colour };
}
