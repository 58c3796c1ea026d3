import type { Policy } from '@pledgeonce/chaincode/api.js';
import type { Logger } from 'pino';
import type { Limits, OrganisationConfig } from '../config.js';
import { signingMspOf, type OrganisationProfile } from '../ledger/connection-profile.js';
import type { ApiContext } from '../api/context.js';
import type { PublicUrl } from '../doors/public-url.js';
import { MachineRegister } from '../machines/machine-register.js';
import { AuthorityWatch } from '../people/authority-watch.js';
import { channelRevocations } from '../people/channel-revocations.js';
import { Errands } from '../people/errands.js';
import { followAuthority } from '../people/follow-authority.js';
import type { FollowParts } from '../people/follow-authority.js';
import { mayActBy } from '../people/may-act.js';
import type { MayAct } from '../people/may-act.js';
import { OwnAffairs } from '../people/own-affairs.js';
import { PeopleDesk } from '../people/people-desk.js';
import { PeopleLog } from '../people/people-log.js';
import { PeopleRegister } from '../people/people-register.js';
import { proveBy } from '../people/prove.js';
import { secondAdminBy } from '../people/second-admin.js';
import type { SessionStore } from '../people/session-store.js';
import { SignIn } from '../people/sign-in.js';
import { warnOfEnds } from '../people/warn-of-ends.js';
import { Rounds } from '../time/rounds.js';
import type { CleanUps } from './clean-ups.js';
import { keepMachines } from './keep-machines.js';
import type { Machines } from './keep-machines.js';
import type { Wallets } from './keep-people.js';
import { openProvider } from './open-provider.js';
import type { Places } from './places.js';
import type { Reach } from './reach-network.js';

/** How long a start waits for the certificate authority's list of people. */
const patienceMs = 10_000;
/** An authority that did not answer at the start is asked again so soon. */
const soonMs = 1_000;

export interface RegisterParts extends Wallets {
  readonly config: OrganisationConfig;
  readonly masterKey: Uint8Array;
  readonly organisation: OrganisationProfile;
  readonly channel: string;
  readonly limits: Limits;
  readonly reach: Reach;
  /** What the consortium has decided on, as the ledger has it. */
  readonly policy: () => Promise<Policy>;
  readonly sessions: SessionStore;
  readonly publicUrl: PublicUrl;
  readonly places: Places;
  readonly log: Logger;
}

/** Who belongs to the organisation, and the one answer to whether they may act now. */
export interface Register extends Machines {
  readonly register: PeopleRegister;
  readonly people: PeopleLog;
  readonly watch: AuthorityWatch;
  readonly errands: Errands;
  readonly mayAct: MayAct;
  readonly signIn: SignIn;
  readonly affairs: OwnAffairs;
  readonly desk: PeopleDesk;
  readonly provider: ApiContext['provider'];
}

/** Opens the register of people, and keeps it up with the certificate authority and the channel. */
export async function keepRegister(parts: RegisterParts, cleanUps: CleanUps): Promise<Register> {
  const { config, organisation, limits, sessions, masterKey, log } = parts;
  const { authority, identities, services } = parts;
  const { msp: mspId, registrar } = config;
  const store = await parts.places.store('people');
  cleanUps.add(() => store.close());
  const register = await PeopleRegister.open(store);
  const people = await PeopleLog.open(store);
  const signsAs = signingMspOf(organisation);
  const watch: AuthorityWatch = await AuthorityWatch.open({
    authority,
    services,
    roots: organisation.rootCerts,
    channelLists: channelRevocations(signsAs, () => ownLedgerOf(parts)),
    sharesMsp: signsAs !== mspId,
    store,
    heard: (listed, askedAt) => followAuthority(follow, listed, askedAt),
    log,
  });
  const machines = await MachineRegister.open(store);
  const standings = { find: (id: string) => machines.standing(id) ?? register.find(id) };
  const mayAct = mayActBy(sessions, standings, () => watch.said());
  const wantsTwo = secondAdminBy({ mspId, kind: organisation.kind, policy: parts.policy, log });
  const errands = new Errands({ register, authority, services, people, log });
  const known = { register, store: identities, watch, sessions, people, log };
  const follow: FollowParts = { ...known, mayAct, wantsTwo, registrarId: registrar.id };
  const runErrands = (id: string) => errands.run(id);
  const prove = proveBy({ ...known, signsAs, authority, services, runErrands });
  const signIn = new SignIn({ ...known, organisation, prove, mayAct });
  const affairs = new OwnAffairs({ ...parts, ...known, errands, signIn, mayAct });
  const desk = new PeopleDesk({
    ...known,
    errands,
    mayAct,
    wantsTwo,
    masterKey,
    registrarId: registrar.id,
    isPortal: organisation.kind === 'enterprise',
    hasProvider: config.provider !== undefined,
    invitationDays: limits.invitationDays,
  });
  const forMachines = await keepMachines({ ...parts, ...known, machines, mayAct, wantsTwo, store });
  const authorityMs = limits.authoritySeconds * 1_000;
  const rounds = new Rounds(
    authorityMs,
    async () => {
      await watch.round();
      await errands.runAll();
      await forMachines.machineDesk.tellAuthority();
      await warnOfEnds({ register, people });
    },
    log,
    'certificate authority not asked',
  );
  // People who are known already are served at once, whether or not the authority is there; after a short absence its last
  // word is no older than that of a gateway that has been running.
  await watch.fresh(authorityMs, patienceMs);
  rounds.start(Math.max(soonMs, authorityMs - watch.ageMs));
  cleanUps.add(() => rounds.stop());
  const provider = openProvider({ ...parts, ...known, mayAct, runErrands });
  return { register, people, watch, errands, mayAct, signIn, affairs, desk, provider, ...forMachines };
}

/** Where the channel's configuration is read. */
async function ownLedgerOf({ config: { msp }, channel, limits, reach }: RegisterParts) {
  const [entry = msp] = reach.connections.ledgers();
  const { endorseTimeoutMs: timeoutMs } = limits;
  return { signatory: await reach.reader(), entry, mspId: entry, channel, timeoutMs };
}
