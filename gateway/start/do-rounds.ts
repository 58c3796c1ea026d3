import type { OrganisationKind } from '@pledgeonce/chaincode/permissions.js';
import type { Logger } from 'pino';
import type { VerificationLog } from '../api/verification-log.js';
import type { Limits } from '../config.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Signatory } from '../ledger/signatory.js';
import { LoanDesk } from '../loans/desk.js';
import type { LoadedRules } from '../loans/rules.js';
import { Clerk } from '../matchmaking/clerk.js';
import type { KeptOffers } from '../matchmaking/kept-offers.js';
import type { Metrics } from '../metrics.js';
import type { Follower } from '../projection/follower.js';
import type { Projection } from '../projection/projection.js';
import { Rounds } from '../time/rounds.js';
import { FirmLinks } from '../time/firm-links.js';
import { Rekeyer } from '../time/rekeyer.js';
import { RateWatch } from '../time/rate-watch.js';
import { Sweeper } from '../time/sweeper.js';
import type { CleanUps } from './clean-ups.js';

/** The regulator sweeps what a bank's own gateway has left. */
const regulatorGraceMs = 10 * 60_000;
/** How often the clerk looks for deadlines that have passed. */
const clerkEveryMs = 1_000;
/** How often a government gateway looks whether something lies under an old fingerprint key. */
const rekeyEveryMs = 5_000;
/** How often the regulator's gateway looks whether firms were stated to be one. */
const firmsEveryMs = 2_000;
/** How often a bank's gateway looks for new loan applications. */
const loansEveryMs = 500;

export interface RoundsParts {
  readonly mspId: string;
  readonly kind: OrganisationKind;
  readonly government: boolean;
  readonly ledger: Ledger;
  readonly projection: Projection;
  readonly follower: Follower;
  readonly verifications: VerificationLog;
  readonly loanRules: LoadedRules | undefined;
  readonly keptOffers: KeptOffers;
  /** The gateway's own identity. */
  readonly asClerk: () => Promise<Signatory>;
  readonly limits: Limits;
  readonly metrics: Metrics;
  readonly log: Logger;
}

/** What the gateway does by itself, as time passes. Nothing begins before it is started. */
export function roundsOf(parts: RoundsParts, cleanUps: CleanUps): Rounds[] {
  const { kind } = parts;
  const rounds = [
    clerkRounds(parts),
    ...(parts.government ? [rekeyRounds(parts, kind === 'regulator')] : []),
    ...(kind === 'regulator' ? [firmRounds(parts)] : []),
    ...(kind === 'bank' ? [loanRounds(parts)] : []),
    ...(kind === 'bank' || kind === 'regulator' ? [sweepRounds(parts, kind === 'regulator')] : []),
  ];
  cleanUps.add(async () => {
    await Promise.all(rounds.map((one) => one.stop()));
  });
  return rounds;
}

function clerkRounds({
  mspId,
  kind,
  ledger,
  projection,
  keptOffers: kept,
  asClerk,
  log,
}: RoundsParts): Rounds {
  const clerk = new Clerk({ mspId, kind, ledger, projection, kept, signatory: asClerk, log });
  return new Rounds(
    clerkEveryMs,
    whileMember(projection, () => clerk.attend()),
    log,
    'deadlines not attended to',
  );
}

function rekeyRounds({ ledger, projection, asClerk, log }: RoundsParts, rekeys: boolean): Rounds {
  const rekeyer = new Rekeyer({
    entries: projection.keyedEntries,
    ledger,
    signatory: asClerk,
    rekeys,
    log,
  });
  return new Rounds(rekeyEveryMs, () => rekeyer.look(), log, 'entries not put under the new fingerprint key');
}

function firmRounds({ ledger, projection, asClerk, log }: RoundsParts): Rounds {
  const links = new FirmLinks({ firms: projection.statedFirms, ledger, signatory: asClerk, log });
  return new Rounds(firmsEveryMs, () => links.look(), log, 'documents of a stated firm not linked');
}

function loanRounds({ asClerk, loanRules, ...parts }: RoundsParts): Rounds {
  const { mspId, ledger, projection, follower, verifications, log } = parts;
  const desk = new LoanDesk({
    mspId,
    ledger,
    projection,
    follower,
    verifications,
    loaded: loanRules,
    signatory: asClerk,
    log,
  });
  return new Rounds(
    loansEveryMs,
    whileMember(projection, () => desk.decideAll()),
    log,
    'loans not attended to',
  );
}

function sweepRounds(
  { mspId, ledger, projection, government, asClerk, limits, metrics, log }: RoundsParts,
  isRegulator: boolean,
): Rounds {
  const sweeper = new Sweeper({
    claims: projection.claims,
    ledger,
    signatory: asClerk,
    government,
    ...(!government && { mspId }),
    graceMs: isRegulator ? regulatorGraceMs : 0,
    swept: metrics.swept.bind(metrics),
    log,
  });
  const everyMs = limits.sweepSeconds * 1_000;
  const { claims, ratePublications } = projection;
  const rates = isRegulator
    ? new RateWatch({ claims, ratePublications, ledger, signatory: asClerk, log })
    : undefined;
  const work = async () => {
    await sweeper.sweep();
    await rates?.look();
  };
  return new Rounds(everyMs, whileMember(projection, work), log, 'claims past their time or rate not swept');
}

/** What a member does by itself ends when it is removed: from then on its successor's gateway does it. */
function whileMember({ successions }: Projection, work: () => Promise<void>): () => Promise<void> {
  return () => (successions.isRemoved ? Promise.resolve() : work());
}
