import { once } from 'node:events';
import { mkdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { common } from '@hyperledger/fabric-protos';
import { kindOf } from '@pledgeonce/chaincode/permissions.js';
import type { Logger } from 'pino';
import { createApp } from './api/app.js';
import { Idempotency } from './api/idempotency.js';
import { VerificationLog } from './api/verification-log.js';
import type { Limits, OrganisationConfig } from './config.js';
import { askLedger } from './ledger/ask-ledger.js';
import { Circuit } from './ledger/circuit.js';
import { CommitWatcher } from './ledger/commit-watcher.js';
import type { ConnectionProfile } from './ledger/connection-profile.js';
import { governmentOf, organisationOf } from './ledger/connection-profile.js';
import { EndorserPairs } from './ledger/endorser-pairs.js';
import { findTransaction } from './ledger/find-transaction.js';
import { ItemDesk } from './ledger/item-desk.js';
import { Ledger } from './ledger/ledger.js';
import { Operations } from './ledger/operations.js';
import { PeerConnections } from './ledger/peer-connections.js';
import { PeerHeights } from './ledger/peer-heights.js';
import { Signatory } from './ledger/signatory.js';
import { LoanDesk } from './loans/desk.js';
import { readLoanRules } from './loans/rules.js';
import { Clerk } from './matchmaking/clerk.js';
import { Scans } from './audit/scans.js';
import { KeptOffers } from './matchmaking/kept-offers.js';
import { Metrics } from './metrics.js';
import { AuthorityWatch } from './people/authority-watch.js';
import { CertificateAuthority } from './people/certificate-authority.js';
import { channelRevocations } from './people/channel-revocations.js';
import { ClerkSignatory } from './people/clerk-signatory.js';
import { Errands } from './people/errands.js';
import { followAuthority } from './people/follow-authority.js';
import type { FollowParts } from './people/follow-authority.js';
import { mayActBy } from './people/may-act.js';
import { PeopleLog } from './people/people-log.js';
import { PeopleRegister } from './people/people-register.js';
import { proveBy } from './people/prove.js';
import { ServiceIdentities } from './people/service-identity.js';
import { SessionStore } from './people/session-store.js';
import type { Session } from './people/session-store.js';
import { SignIn } from './people/sign-in.js';
import { IdentityStore } from './people/wallet.js';
import { assembledBlocks } from './projection/assembled-blocks.js';
import { followedBlocks } from './projection/followed-blocks.js';
import { Follower } from './projection/follower.js';
import { Projection } from './projection/projection.js';
import { DurableStore } from './storage/durable-store.js';
import { Rounds } from './time/rounds.js';
import { Sweeper } from './time/sweeper.js';

const minute = 60_000;
const hour = 60 * minute;
/** The regulator sweeps what a bank's own gateway has left. */
const regulatorGraceMs = 10 * minute;
/** How often the clerk looks for deadlines that have passed. */
const clerkEveryMs = 1_000;
/** How long a start waits for the certificate authority's list of people. */
const authorityPatienceMs = 10_000;
/** How often a bank's gateway looks for new loan applications. */
const loansEveryMs = 500;

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

/** Starts the gateway of one organisation; what it knew before, it knows again. */
export async function startOrganisation(
  config: OrganisationConfig,
  { profile, masterKey, limits, rebuildProjection, log: rootLog }: OrganisationOptions,
): Promise<RunningGateway> {
  const { msp: mspId, stateDir } = config;
  const organisation = organisationOf(profile, mspId);
  const log = rootLog.child({ msp: mspId });
  const loanRules = config.loanRules === undefined ? undefined : await readLoanRules(config.loanRules);
  await mkdir(stateDir, { recursive: true, mode: 0o700 });
  const store = await DurableStore.open(join(stateDir, 'requests'));
  const projection = new Projection(
    join(stateDir, 'projection.sqlite'),
    { mspId, government: organisation.government },
    rebuildProjection,
  );

  const authority = new CertificateAuthority({ ...organisation.ca, mspId });
  const identities = new IdentityStore(join(stateDir, 'wallet'), masterKey);
  const registrar = {
    id: config.registrar.id,
    secret: (await readFile(config.registrar.secretFile, 'utf8')).trim(),
  };
  const services = new ServiceIdentities(
    new IdentityStore(join(stateDir, 'service'), masterKey),
    authority,
    registrar,
    log,
  );

  const address = { channel: profile.channel, chaincode: profile.chaincode.name };
  const connections = new PeerConnections(profile, mspId, new Circuit());
  // A gateway that has no certificate yet starts all the same and asks again: what needs none is served.
  const readerSignatory = new ClerkSignatory(
    async () => new Signatory(await services.reader(), connections, address),
  );
  const reader = () => readerSignatory.get();
  const ownPeer = async () => (await reader()).network(mspId);
  const watcher = new CommitWatcher(
    async (startBlock) =>
      (await ownPeer()).getFilteredBlockEvents(startBlock === undefined ? {} : { startBlock }),
    log,
  );
  const metrics: Metrics = new Metrics(mspId, () => follower.lag);

  const signatories = new Map<string, Signatory>();
  const sessions = new SessionStore(
    { idleMs: limits.sessionIdleMinutes * minute, mostMs: limits.sessionHours * hour },
    ({ id }) => {
      signatories.get(id)?.close();
      signatories.delete(id);
    },
  );
  const signatoryOf = (session: Session): Signatory => {
    const present = signatories.get(session.id);
    if (present !== undefined) return present;
    const signatory = new Signatory(session.identity, connections, address);
    signatories.set(session.id, signatory);
    return signatory;
  };

  const latestBlock = () => Math.max(watcher.latestBlock, projection.nextBlock - 1);
  const circuit = new Circuit();
  const government = governmentOf(profile);
  const ledger = new Ledger({
    mspId,
    government,
    connections,
    circuit,
    pairs: new EndorserPairs(government, circuit),
    heights: new PeerHeights(profile.channel),
    latestBlock,
    watcher,
    timeoutMs: limits.endorseTimeoutMs,
    limits,
    observer: metrics,
    log,
  });
  const ownLedger = async () => ({
    signatory: await reader(),
    entry: mspId,
    mspId,
    channel: profile.channel,
    timeoutMs: limits.endorseTimeoutMs,
  });
  const follower: Follower = new Follower({
    projection,
    open: organisation.government
      ? followedBlocks(
          async (startBlock) => (await ownPeer()).getBlockAndPrivateDataEvents({ startBlock }),
          address.chaincode,
        )
      : assembledBlocks({
          mspId,
          chaincode: address.chaincode,
          open: async (startBlock) => (await ownPeer()).getFilteredBlockEvents({ startBlock }),
          block: async (number) => {
            const bytes = await askLedger(await ownLedger(), 'GetBlockByNumber', String(number));
            return common.Block.deserializeBinary(bytes);
          },
          records: async (keys) =>
            (await ledger.evaluate(await asClerk(), 'readOwnRecords', { keys: [...keys] })).records,
        }),
    latestBlock: () => watcher.latestBlock,
    log,
  });
  const find = (transactionId: string) =>
    findTransaction(transactionId, {
      watcher,
      connections,
      reader,
      channel: profile.channel,
      timeoutMs: limits.submitTimeoutMs,
    });
  const idempotency = new Idempotency(store, find, limits.idempotencyHours * hour);
  const batchesPerLane = limits.batchesPerPerson;

  const keptOffers = new KeptOffers(store, masterKey);
  const clerkSignatory = new ClerkSignatory(
    async () => new Signatory(await services.clerk(), connections, address),
  );
  const asClerk = () => clerkSignatory.get();
  const clerk = new Clerk({
    mspId,
    ledger,
    projection,
    kept: keptOffers,
    signatory: asClerk,
  });
  const clerkRounds = new Rounds(clerkEveryMs, () => clerk.attend(), log, 'deadlines not attended to');
  const kind = kindOf(mspId);
  const verifications = new VerificationLog(store);
  const loanDesk = new LoanDesk({
    ledger,
    projection,
    follower,
    verifications,
    loaded: loanRules,
    signatory: asClerk,
    log,
  });
  const loanRounds = new Rounds(loansEveryMs, () => loanDesk.decideAll(), log, 'loans not attended to');
  const sweeper = new Sweeper({
    claims: projection.claims,
    ledger,
    signatory: asClerk,
    government: organisation.government,
    graceMs: kind === 'regulator' ? regulatorGraceMs : 0,
    swept: metrics.swept.bind(metrics),
  });
  const sweepRounds = new Rounds(
    limits.sweepSeconds * 1_000,
    () => sweeper.sweep(),
    log,
    'claims past their time not swept',
  );

  const peopleStore = await DurableStore.open(join(stateDir, 'people'));
  const register = await PeopleRegister.open(peopleStore);
  const people = await PeopleLog.open(peopleStore);
  const watch: AuthorityWatch = await AuthorityWatch.open({
    authority,
    services,
    roots: organisation.rootCerts,
    channelLists: channelRevocations(mspId, ownLedger),
    store: peopleStore,
    heard: (listed, askedAt) => followAuthority(follow, listed, askedAt),
    log,
  });
  const mayAct = mayActBy(sessions, register, () => watch.said());
  const follow: FollowParts = { register, sessions, mayAct, people, registrarId: registrar.id, log };
  const errands = new Errands({ register, authority, services, people, log });
  const runErrands = (id: string) => errands.run(id);
  const proveParts = { mspId, register, store: identities, authority, services, watch, runErrands };
  const prove = proveBy({ ...proveParts, sessions, people, log });
  const signIn = new SignIn({ register, store: identities, watch, prove, sessions, mayAct, people, log });
  const authorityRounds = new Rounds(
    limits.authoritySeconds * 1_000,
    async () => {
      await watch.round();
      await errands.runAll();
    },
    log,
    'certificate authority not asked',
  );
  // People who are known already are served at once, whether or not the authority is there.
  await watch.fresh(0, authorityPatienceMs);

  const scans = new Scans(projection.audit);
  const app = createApp({
    profile,
    organisation,
    limits,
    log,
    metrics,
    signIn,
    sessions,
    mayAct,
    register,
    people,
    watch,
    identities,
    authority,
    services,
    signatoryOf,
    ledger,
    claims: new ItemDesk(ledger, 'reserveClaims', {
      itemsPerBatch: limits.claimsPerTransaction,
      batchesPerLane,
    }),
    // Documents of one seller meet in the same near-duplicate buckets: two batches at once would only fight.
    facts: new ItemDesk(ledger, 'recordFacts', {
      itemsPerBatch: limits.factsPerTransaction,
      batchesPerLane: 1,
    }),
    payments: new ItemDesk(ledger, 'markPayments', {
      itemsPerBatch: limits.paymentsPerTransaction,
      batchesPerLane,
    }),
    operations: new Operations(store),
    findTransaction: find,
    idempotency,
    watcher,
    latestBlock,
    projection,
    follower,
    openBlocks: async () => (await ownPeer()).getBlockEvents({ startBlock: 0n }),
    verifications,
    loanRules,
    keptOffers,
    scans,
  });

  watcher.start();
  follower.start();
  clerkRounds.start();
  authorityRounds.start();
  if (kind === 'bank') loanRounds.start();
  if (kind === 'bank' || kind === 'regulator') sweepRounds.start();
  const housekeeping = setInterval(() => {
    sessions.endIdle();
    idempotency.expire().catch((error: unknown) => {
      log.warn({ err: error }, 'old requests not removed');
    });
  }, 10 * minute);
  const server = createServer(app);
  server.listen(config.port, config.host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    msp: mspId,
    url: `http://${config.host}:${port}`,
    stop: async () => {
      clearInterval(housekeeping);
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      // Event streams never end by themselves; requests get their time.
      follower.endStreams();
      const impatience = setTimeout(() => {
        server.closeAllConnections();
      }, limits.drainMs);
      await closed;
      clearTimeout(impatience);
      await Promise.all([
        authorityRounds.stop(),
        clerkRounds.stop(),
        loanRounds.stop(),
        sweepRounds.stop(),
        scans.stop(),
      ]);
      await clerkSignatory.close();
      await Promise.all([watcher.stop(), follower.stop()]);
      sessions.endAll();
      await readerSignatory.close();
      connections.close();
      projection.close();
      await Promise.all([store.close(), peopleStore.close()]);
    },
  };
}
