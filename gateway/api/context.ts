import type { Logger } from 'pino';
import type { CertificateStore } from '../certificates/certificate-store.js';
import type { Scans } from '../audit/scans.js';
import type { ReadBlock } from '../evidence/configurations-up-to.js';
import type { OrganisationProfile, ConnectionProfile } from '../ledger/connection-profile.js';
import type { Bell } from '../ledger/blocks/bell.js';
import type { CommitWatcher } from '../ledger/commit-watcher.js';
import type { ItemDesk } from '../ledger/item-desk.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Operations } from '../ledger/operations.js';
import type { Contradictions } from '../ledger/answers/contradictions.js';
import type { Outbox } from '../ledger/outbox.js';
import type { Signatory } from '../ledger/signatory.js';
import type { LoadedRules } from '../loans/rules.js';
import type { KeptOffers } from '../matchmaking/kept-offers.js';
import type { PublicUrl } from '../doors/public-url.js';
import type { MachineDesk } from '../machines/machine-desk.js';
import type { TokenDesk } from '../machines/token-desk.js';
import type { Metrics } from '../metrics.js';
import type { AuthorityWatch } from '../people/authority-watch.js';
import type { MayAct } from '../people/may-act.js';
import type { OwnAffairs } from '../people/own-affairs.js';
import type { PeopleDesk } from '../people/people-desk.js';
import type { PeopleLog } from '../people/people-log.js';
import type { Preferences } from '../people/preferences.js';
import type { ServiceIdentities } from '../people/service-identity.js';
import type { Session, SessionStore } from '../people/session-store.js';
import type { SignIn } from '../people/sign-in.js';
import type { Follower } from '../projection/follower.js';
import type { Projection } from '../projection/projection.js';
import type { KeptRequests } from '../iso20022/kept-requests.js';
import type { BegunSignIns } from '../provider/begun-sign-ins.js';
import type { IdentityProvider } from '../provider/identity-provider.js';
import type { ProviderSignIn } from '../provider/provider-sign-in.js';
import type { Idempotency } from './http/idempotency.js';
import type { ImportVerdicts } from './import-verdicts.js';
import type { Ongoing } from './http/ongoing.js';
import type { KeptResults } from '../reconciliations/kept-results.js';
import type { KeptProofs } from './kept-proofs.js';
import type { QuestionBudget } from './question-budget.js';
import type { AllowedAddresses } from '../webhooks/allowed-addresses.js';
import type { SigningKeys } from '../webhooks/signing-key.js';
import type { WebhookStore } from '../webhooks/webhook-store.js';
import type { VerificationLog } from './verification-log.js';

/** Limits of the HTTP side; all can be set in the configuration. */
interface ApiLimits {
  /** Longest body of an ordinary request, bytes. */
  readonly bodyBytes: number;
  /** Longest single line or document of an import, bytes. */
  readonly importItemBytes: number;
  /** Of one person. */
  readonly requestsPerMinute: number;
  /** Of one address that has signed nobody in. */
  readonly strangersPerMinute: number;
  readonly signInsPerMinute: number;
  readonly verificationsPerMinute: number;
  /** Wrong guesses at documents an hour, of all kinds of questions together. */
  readonly missesPerPerson: number;
  readonly missesPerOrganisation: number;
  readonly openingsPerMinute: number;
  /** Event streams that one person may have open. */
  readonly streamsPerPerson: number;
}

/** What the handlers of one organisation's API work with. */
export interface ApiContext {
  readonly profile: ConnectionProfile;
  readonly organisation: OrganisationProfile;
  readonly limits: ApiLimits;
  /** Addresses of proxies whose word about the client's address is taken; false for none. */
  readonly trustedProxies: readonly string[] | false;
  /** With it `/metrics` is answered to whoever shows it; without, on this machine only. */
  readonly metricsToken: string | undefined;
  /** To whom `/readyz` tells more than its status; everyone unless given. */
  readonly readinessFor?: 'everyone' | 'operators' | undefined;
  /** Whether others stand by; absent where this is the organisation's only gateway. */
  readonly isReplica?: boolean;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly signIn: Pick<SignIn, 'signIn'>;
  readonly affairs: OwnAffairs;
  readonly desk: PeopleDesk;
  readonly machineDesk: MachineDesk;
  readonly tokens: Pick<TokenDesk, 'grant'>;
  /** Absent where the organisation has no identity provider. */
  readonly provider?:
    | {
        readonly label: string;
        readonly identity: Pick<IdentityProvider, 'begin' | 'finish' | 'signedOut'>;
        readonly begun: BegunSignIns;
        readonly signIn: Pick<ProviderSignIn, 'signIn' | 'signOut' | 'refused'>;
      }
    | undefined;
  /** Financing requests that came as messages of ISO 20022. */
  readonly financingMessages: KeptRequests;
  readonly publicUrl: Pick<PublicUrl, 'url'>;
  readonly sessions: SessionStore;
  readonly preferences: Preferences;
  /** May this person act now? Asked by every request, every heartbeat of a stream and every batch of an import. */
  readonly mayAct: MayAct;
  readonly ongoing: Ongoing;
  readonly people: PeopleLog;
  readonly watch: Pick<AuthorityWatch, 'push'>;
  readonly services: Pick<ServiceIdentities, 'missing' | 'described'>;
  readonly signatoryOf: (session: Session) => Signatory;
  readonly ledger: Pick<Ledger, 'submit' | 'evaluate' | 'evaluateSigned'>;
  readonly claims: Pick<ItemDesk<'reserveClaims'>, 'place'>;
  readonly facts: Pick<ItemDesk<'recordFacts'>, 'place'>;
  readonly payments: Pick<ItemDesk<'markPayments'>, 'place'>;
  readonly loans: Pick<ItemDesk<'takeOn'>, 'place'>;
  readonly operations: Operations;
  readonly outbox: Pick<Outbox, 'steps' | 'settle' | 'countOpen'>;
  readonly contradictions: Pick<Contradictions, 'latest'>;
  /** The colour by which people know the organisation. */
  readonly colour?: string | undefined;
  /** File in which the door before the organisation's orderer counts what it refuses; absent where there is none. */
  readonly refusedAtDoor?: string | undefined;
  readonly importVerdicts: ImportVerdicts;
  readonly idempotency: Idempotency;
  readonly watcher: Pick<CommitWatcher, 'connected'>;
  /** By which the orderers tell of blocks. */
  readonly bell: Pick<Bell, 'isHeard'>;
  /** The latest block that this gateway has shown anything of; -1 before the first. */
  readonly latestBlock: () => number;
  readonly projection: Projection;
  readonly follower: Pick<Follower, 'lag' | 'behindMs' | 'isBehind' | 'caughtUp' | 'subscribe'>;
  readonly readBlock: ReadBlock;
  readonly verifications: VerificationLog;
  readonly questions: QuestionBudget;
  readonly proofs: KeptProofs;
  readonly certificates: CertificateStore;
  readonly webhooks: WebhookStore;
  readonly allowedAddresses: AllowedAddresses;
  readonly signingKeys: SigningKeys;
  readonly keptOffers: KeptOffers;
  readonly reconciliations: KeptResults;
  /** A bank's rules for online loans, if it has any. */
  readonly loanRules: LoadedRules | undefined;
  readonly scans: Scans;
  /** File of a development network's people and their secrets, shown at the console's sign-in; on this machine only. */
  readonly developmentPeople: string | undefined;
}
