import { setTimeout as sleep } from 'node:timers/promises';
import type { FactInput } from '@pledgeonce/chaincode/api.js';
import { signIn } from '@pledgeonce/scripts/rest/client.js';
import { at, textAt } from '@pledgeonce/scripts/rest/json.js';
import { applicantsDeclaration, application } from '@pledgeonce/scripts/story/loan-papers.js';
import {
  authoriseQuery,
  decided,
  grantMandate,
  revokeMandates,
  type TwoPeople,
} from '@pledgeonce/scripts/story/loan-steps.js';
import { BlockReader, type ChainTransaction } from '../../acceptance/support/block-reader.js';
import { consortium } from '../../acceptance/support/consortium.js';
import { record, reference, usd, verify } from '../../acceptance/support/documents.js';
import { gatewaysAfter } from '../../acceptance/support/gateways.js';
import { recordApplicant } from '../../acceptance/support/loans.js';

/** The more documents, the longer the gateway looks at them between the query and its decision. */
const documents = 5;
const perDocument = '100.00';
const amount = usd('500.00');
const kills = 3;
const attempts = 20;
/** What was sent before the gateway stood still is in a block by then. */
const settledMs = 1_500;

/** Somebody of an organisation, signed in anew: a killed gateway forgets its sessions. */
const person = (msp: string, who: string) => signIn(consortium(), msp, who);

async function bank(): Promise<TwoPeople> {
  return { officer: await person('BankAMSP', 'officer'), approver: await person('BankAMSP', 'approver') };
}

/** Everything that the chain says of one application. */
interface Application {
  readonly id: string;
  readonly facts: readonly FactInput[];
  /** The height of the chain before it. */
  readonly since: bigint;
}

const stateOf = (stored: string) => at(JSON.parse(stored), 'state');
const isQuery = ({ writes }: ChainTransaction) => [...writes.keys()].some((key) => key.startsWith('query~'));

const isApproval = ({ writes }: ChainTransaction) =>
  [...writes].some(([key, stored]) => key.startsWith('loan~') && stateOf(stored) === 'approved');

/** The states that valid transactions have given to an application, in their order. */
function statesOf(transactions: readonly ChainTransaction[], id: string): readonly unknown[] {
  return transactions.flatMap(({ isValid, writes }) => {
    const stored = isValid ? writes.get(`loan~${id}`) : undefined;
    return stored === undefined ? [] : [stateOf(stored)];
  });
}

describe('the gateway of a bank, killed while it decides', () => {
  let reader: BlockReader;
  let mandate: string;
  /** Loans approved under it so far. */
  let approved = 0;

  beforeAll(async () => {
    reader = await BlockReader.open(consortium());
    await recordApplicant();
    await revokeMandates(await bank());
    mandate = await grantMandate(await bank());
  }, 120_000);
  afterAll(async () => {
    await revokeMandates(await bank());
    reader.close();
  }, 60_000);

  const signal = (name: NodeJS.Signals) => {
    for (const pid of consortium().processes.gateways) process.kill(pid, name);
  };

  async function killAndRestart(): Promise<void> {
    const { gateways } = consortium().processes;
    signal('SIGKILL');
    await gatewaysAfter(gateways);
  }

  /** Applies, and lets no gateway do a step more once the chain holds what is waited for. */
  async function applyAndStop(reached: (transaction: ChainTransaction) => boolean): Promise<Application> {
    const customs = await person('CustomsMSP', 'officer');
    const first = applicantsDeclaration();
    const facts = [first, ...Array.from({ length: documents - 1 }, () => applicantsDeclaration())];
    for (const fact of facts) await record(customs, fact);
    const lines = facts.map((fact) => ({
      document: reference(fact),
      total: fact.total,
      amount: usd(perDocument),
    }));
    const enterprise = await person('EnterpriseMSP', 'exporter-2');
    const body = application(first, await authoriseQuery(enterprise), amount, { lines });
    const since = await reader.height();
    const stopped = (async () => {
      for await (const transaction of reader.follow(since)) {
        if (!transaction.isValid || !reached(transaction)) continue;
        signal('SIGSTOP');
        return;
      }
    })();
    const id = textAt((await enterprise.post('/loan-applications', body)).body, 'id');
    await stopped;
    return { id, facts, since };
  }

  /** One query, one decision, one claim with its draws, and the mandate used once: on the chain and for the bank. */
  async function expectDecidedOnce({ id, facts, since }: Application): Promise<void> {
    const { officer } = await bank();
    await decided(officer, id);
    // A few rounds, in which a gateway would look at it again.
    await sleep(settledMs);
    const { body: loan } = await officer.get(`/loan-applications/${id}`);
    expect(loan).toMatchObject({ state: 'approved', decidedBy: 'rules', seq: 2, mandate });
    const claim = textAt(loan, 'claim');
    const valid = (await reader.transactions(since)).filter(({ isValid }) => isValid);
    // Asked once and answered once: nothing is told before the question is on the record.
    expect(valid.filter(isQuery)).toHaveLength(2);
    expect(statesOf(valid, id)).toEqual(['submitted', 'approved']);
    expect(valid.filter(({ writes }) => writes.has(`claim~${claim}`))).toHaveLength(1);
    expect((await officer.get(`/claims/${claim}`)).body).toMatchObject({ state: 'accepted', amount });
    for (const fact of facts) {
      expect((await verify(officer, fact)).body).toMatchObject({ result: 'match', liveDraws: 1 });
    }
    approved += 1;
    const { body: mandates } = await officer.get('/loan-mandates?state=granted');
    const left = usd(`${1_000_000 - 500 * approved}.00`);
    expect(at(mandates, 'items')).toMatchObject([{ id: mandate, left }]);
    // The limit of the enterprise is for the next application.
    expect((await officer.post(`/claims/${claim}/withdrawal`, {})).status).toBe(200);
  }

  it('between the credit query and the decision, decides once when it is back', async () => {
    let killed = 0;
    for (let attempt = 0; attempt < attempts && killed < kills; attempt++) {
      const made = await applyAndStop(isQuery);
      await sleep(settledMs);
      const isDecided = statesOf(await reader.transactions(made.since), made.id).length > 1;
      if (isDecided) {
        // It was faster than this test: its decision had left already.
        signal('SIGCONT');
      } else {
        await killAndRestart();
        killed += 1;
      }
      await expectDecidedOnce(made);
    }
    expect(killed).toBe(kills);
  }, 600_000);

  it('as soon as its decision is on the chain, does not decide again', async () => {
    const made = await applyAndStop(isApproval);
    await killAndRestart();
    await expectDecidedOnce(made);
  }, 120_000);
});
