import { readFile } from 'node:fs/promises';
import type { ApiContext } from '../api/context.js';
import { Idempotency } from '../api/http/idempotency.js';
import { ImportVerdicts } from '../api/import-verdicts.js';
import { Ongoing } from '../api/http/ongoing.js';
import { KeptProofs } from '../api/kept-proofs.js';
import { QuestionBudget } from '../api/question-budget.js';
import { VerificationLog } from '../api/verification-log.js';
import { Scans } from '../audit/scans.js';
import type { OrganisationConfig } from '../config.js';
import { Operations } from '../ledger/operations.js';
import { ProbingReporter } from '../ledger/report-probing.js';
import type { PublicUrl } from '../doors/public-url.js';
import { readLoanRules } from '../loans/rules.js';
import { KeptRequests } from '../iso20022/kept-requests.js';
import { KeptOffers } from '../matchmaking/kept-offers.js';
import { CertificateStore } from '../certificates/certificate-store.js';
import { KeptResults } from '../reconciliations/kept-results.js';
import { Preferences } from '../people/preferences.js';
import type { Session } from '../people/session-store.js';
import type { CleanUps } from './clean-ups.js';
import { roundsOf } from './do-rounds.js';
import { attendWebhooks } from './attend-webhooks.js';
import { keepHouse } from './keep-house.js';
import { keepSessions } from './keep-people.js';
import { keepRegister } from './keep-register.js';
import { openDesks } from './open-ledger.js';
import type { Places } from './places.js';
import type { NetworkSide, OrganisationOptions } from './open-network-side.js';

const hour = 3_600_000;

interface Attended {
  readonly opened: NetworkSide;
  readonly places: Places;
  readonly publicUrl: PublicUrl;
}

/**
 * Opens what people and programs are served with.
 *
 * @returns what the API works with, and what begins everything that is done by itself.
 */
export async function attend(
  config: OrganisationConfig,
  options: OrganisationOptions,
  { opened, places, publicUrl }: Attended,
  cleanUps: CleanUps,
): Promise<{ readonly context: ApiContext; readonly begin: () => void }> {
  const { limits, profile } = options;
  const loanRules = config.loanRules === undefined ? undefined : await readLoanRules(config.loanRules);
  const { own, organisation, wallets, reach, outbox, metrics, follower } = opened;
  const { projection, ledger, log } = own;
  const { ongoing, signedIn, belonging } = await admit(
    config,
    options,
    { opened, places, publicUrl },
    cleanUps,
  );
  const { sessions } = signedIn;
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
  const begin = () => {
    for (const one of rounds) one.start();
    keepHouse({ sessions, outbox, kept: [idempotency, importVerdicts, outbox], log }, cleanUps);
  };
  return { context, begin };
}

/** Who is signed in and who belongs to the organisation, and what goes on in their names. */
async function admit(
  config: OrganisationConfig,
  { limits, masterKey, profile: { channel } }: OrganisationOptions,
  { opened, places, publicUrl }: Attended,
  cleanUps: CleanUps,
) {
  const { own, organisation, wallets, reach, policy } = opened;
  const { log } = own;
  const ongoing = new Ongoing(limits.streamsPerPerson);
  const ended = (session: Pick<Session, 'id'>) => {
    ongoing.sessionEnded(session);
  };
  const signedIn = await keepSessions({ limits, places, masterKey, log }, reach.signatory, ended, cleanUps);
  const { sessions } = signedIn;
  const settings = { config, masterKey, organisation, channel, limits };
  const belonging = await keepRegister(
    { ...wallets, ...settings, reach, sessions, policy, publicUrl, places, log },
    cleanUps,
  );
  return { ongoing, signedIn, belonging };
}

/** What the gateway keeps of requests and their answers beside the ledger. */
async function keepAnswers(
  config: OrganisationConfig,
  { own, store, follower, metrics }: NetworkSide,
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
export async function settingsOf(
  config: OrganisationConfig,
): Promise<
  Pick<
    ApiContext,
    'trustedProxies' | 'metricsToken' | 'readinessFor' | 'developmentPeople' | 'refusedAtDoor' | 'colour'
  >
> {
  const { trustedProxies = false, metricsTokenFile, ...kept } = config;
  const { readinessFor, developmentPeople, refusedAtDoor, colour } = kept;
  const metricsToken =
    metricsTokenFile === undefined ? undefined : (await readFile(metricsTokenFile, 'utf8')).trim();
  return { trustedProxies, metricsToken, readinessFor, developmentPeople, refusedAtDoor, colour };
}
