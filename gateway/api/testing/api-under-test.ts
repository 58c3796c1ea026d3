import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Express } from 'express';
import { pino } from 'pino';
import type { Role } from '@pledgeonce/chaincode/permissions.js';
import type { Commit } from '../../ledger/commit-watcher.js';
import { Operations } from '../../ledger/operations.js';
import { Outbox } from '../../ledger/outbox.js';
import { Scans } from '../../audit/scans.js';
import { Metrics } from '../../metrics.js';
import { CertificateStore } from '../../certificates/certificate-store.js';
import { Preferences } from '../../people/preferences.js';
import { SessionStore } from '../../people/session-store.js';
import { Projection } from '../../projection/projection.js';
import { LevelStore } from '../../storage/level-store.js';
import { createApp } from '../app.js';
import type { ApiContext } from '../context.js';
import { Idempotency } from '../http/idempotency.js';
import { ImportVerdicts } from '../import-verdicts.js';
import { KeptRequests } from '../../iso20022/kept-requests.js';
import { Ongoing } from '../http/ongoing.js';
import { KeptProofs } from '../kept-proofs.js';
import { QuestionBudget } from '../question-budget.js';
import { VerificationLog } from '../verification-log.js';
import { viewpointOf } from '../../projection/testing/viewpoint-of.js';

/** Somebody whose signature the cut-off network does not ask for. */
const signatory = { close: () => undefined, under: () => signatory, part: () => signatory };

/** The whole HTTP side of a gateway with the network cut off: what the ledger would say, the test says. */
export interface ApiUnderTest {
  readonly app: Express;
  /** Signs somebody in and gives the Authorization header. */
  signIn(role: Role, id?: string, uscc?: string): Promise<string>;
  /** May be changed while it runs. */
  readonly limits: { importItemBytes: number };
  /** Verdicts of the network by transaction id. */
  readonly commits: Map<string, Pick<Commit, 'code'>>;
  /** The same state again in a new process. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** @param edge What stands in for the network. */
export async function apiUnderTest(mspId: string, edge: Partial<ApiContext>): Promise<ApiUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'pledgeonce-api-'));
  const commits = new Map<string, Pick<Commit, 'code'>>();
  const find = (transactionId: string) => Promise.resolve(commits.get(transactionId));
  const ongoing = new Ongoing(2);
  const viewpoint = { ...viewpointOf(mspId), government: false };
  const projection = new Projection(join(folder, 'projection.sqlite'), viewpoint);
  const sessions = new SessionStore({ idleMs: 60_000, mostMs: 600_000 }, (session) => {
    ongoing.sessionEnded(session);
  });
  let store = await LevelStore.open(join(folder, 'store'));

  const limits = {
    bodyBytes: 10_000,
    importItemBytes: 20_000,
    requestsPerMinute: 10_000,
    strangersPerMinute: 10_000,
    streamsPerPerson: 2,
    signInsPerMinute: 1_000,
    verificationsPerMinute: 3,
    missesPerPerson: 1000,
    missesPerOrganisation: 1000,
    openingsPerMinute: 3,
  };
  const build = () =>
    createApp({
      organisation: { ...viewpoint, title: mspId },
      limits,
      log: pino({ level: 'silent' }),
      metrics: new Metrics(mspId, () => 0),
      sessions,
      preferences: new Preferences(store),
      certificates: new CertificateStore(store),
      trustedProxies: false,
      metricsToken: undefined,
      mayAct: () => undefined,
      ongoing,
      services: { missing: [] },
      people: { write: () => Promise.resolve() },
      signatoryOf: () => signatory,
      operations: new Operations(store),
      outbox: new Outbox({ store, find, sendAgain: () => Promise.resolve(undefined), lifeMs: 3_600_000 }),
      importVerdicts: new ImportVerdicts(store, 3_600_000),
      idempotency: new Idempotency(store, 3_600_000),
      watcher: { connected: true },
      bell: { isHeard: true },
      latestBlock: () => 41,
      projection,
      follower: {
        isBehind: false,
        lag: 0,
        behindMs: 0,
        caughtUp: () => Promise.resolve(),
        subscribe: () => () => undefined,
      },
      verifications: new VerificationLog(store),
      questions: new QuestionBudget({ missesPerPerson: 1000, missesPerOrganisation: 1000 }),
      proofs: new KeptProofs(store),
      financingMessages: new KeptRequests(store),
      scans: new Scans(projection.audit),
      ...edge,
    } as unknown as ApiContext);

  let app = build();
  return {
    get app() {
      return app;
    },
    limits,
    commits,
    signIn: (role, id = role, uscc) => {
      const identity = { mspId, certificate: '', privateKey: '' };
      const { token } = sessions.start(
        { id, mspId, kind: viewpoint.kind, role, ...(uscc && { uscc }) },
        identity,
      );
      return Promise.resolve(`Bearer ${token}`);
    },
    restart: async () => {
      await store.close();
      store = await LevelStore.open(join(folder, 'store'));
      app = build();
    },
    close: async () => {
      await store.close();
      projection.close();
      await rm(folder, { recursive: true });
    },
  };
}
