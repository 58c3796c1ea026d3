import { readFileSync } from 'node:fs';
import { pino } from 'pino';
import type { Input, Output } from '@pledgeonce/chaincode/api.js';
import type { LoanView } from '@pledgeonce/chaincode/loans/api.js';
import type { LedgerFunction } from '@pledgeonce/chaincode/permissions.js';
import type { FakeLedger, Person } from '@pledgeonce/chaincode/testing/fake-ledger.js';
import {
  application,
  authorise,
  ledgerForLoans,
  rules as hash,
  service,
} from '@pledgeonce/chaincode/testing/loans.js';
import { day, freshKey, people, usd } from '@pledgeonce/chaincode/testing/story.js';
import type { VerificationEntry } from '../../api/verification-log.js';
import type { Ledger } from '../../ledger/ledger.js';
import type { Signatory } from '../../ledger/signatory.js';
import { Projection } from '../../projection/projection.js';
import { certificateOf } from '../../projection/testing/certificate.js';
import { LoanDesk } from '../desk.js';
import { type LoanRules, parseLoanRules } from '../rules.js';

const sample = new URL('../../../../scripts/samples/loan-rules.yaml', import.meta.url);

/** The rules of the sample, as far as a registry with nothing but a basic record can meet them. */
export function rulesOfSample(changes: Partial<LoanRules> = {}): LoanRules {
  const {
    penalties: _penalties,
    matchRatio: _matchRatio,
    ...rules
  } = parseLoanRules(readFileSync(sample, 'utf8'), 'the sample');
  return { ...rules, history: { listedMonths: 0, exportYears: 0, settledClaims: 0 }, ...changes };
}

/** What may come between the desk and the ledger: throw to refuse, or do what somebody else would do just then. */
export type Meddle = (name: LedgerFunction) => Promise<void>;

/** A desk of Bank A over the real chaincode and the real tables: what is left out is the network between them. */
export class DeskUnderTest {
  readonly ledger: FakeLedger;
  readonly projection = new Projection(':memory:', { mspId: 'BankAMSP', kind: 'bank', government: false });
  readonly verifications: VerificationEntry[] = [];
  /** Blocks that are known to exist and are not in the tables. */
  lag = 0;
  meddle: Meddle = () => Promise.resolve();
  readonly #certificate: string;

  private constructor(ledger: FakeLedger, certificate: string) {
    this.ledger = ledger;
    this.#certificate = certificate;
  }

  static async open(): Promise<DeskUnderTest> {
    return new DeskUnderTest(await ledgerForLoans(), await certificateOf('somebody'));
  }

  /** A desk as a gateway has it after a start: it remembers nothing of an earlier one. */
  desk(rules: LoanRules | 'none' = rulesOfSample()): LoanDesk {
    const lag = () => this.lag;
    const ledger = {
      submit: async (_by: unknown, name: LedgerFunction, input: Input<LedgerFunction>) => {
        await this.meddle(name);
        return { output: await this.submit(name, service, input) };
      },
      evaluate: async (_by: unknown, name: LedgerFunction, input: Input<LedgerFunction>) => {
        await this.meddle(name);
        return (await this.ledger.endorse(name, service, input)).answer;
      },
    };
    const parts = {
      // Which function is called decides the types of both: more than a stand-in of two lines can say.
      ledger: ledger as unknown as Pick<Ledger, 'submit' | 'evaluate'>,
      projection: this.projection,
      follower: {
        settled: () => Promise.resolve(),
        get lag() {
          return lag();
        },
      },
      verifications: {
        add: (entry: VerificationEntry) => {
          this.verifications.push(entry);
          return Promise.resolve();
        },
      },
      loaded: rules === 'none' ? undefined : { hash, rules },
      signatory: () => Promise.resolve(undefined as unknown as Signatory),
      log: pino({ level: 'silent' }),
    };
    return new LoanDesk(parts, () => this.ledger.now);
  }

  /** Somebody's transaction, in a block of its own that the bank's peer has delivered. */
  async submit<F extends LedgerFunction>(name: F, person: Person, input: Input<F>): Promise<Output<F>> {
    const { transactionId, answer, writes, event } = await this.ledger.submit(name, person, input);
    const values = [...writes].map(([place, value]) => {
      const slash = place.indexOf('/');
      return { collection: place.slice(0, slash), key: place.slice(slash + 1), value };
    });
    const transaction = {
      transactionId,
      position: 0,
      time: new Date(this.ledger.now).toISOString(),
      mspId: person.mspId,
      certificate: this.#certificate,
      code: 0,
      event,
      hashes: [],
      values: values.filter(({ collection }) => collection === 'BankAMSP'),
    };
    const { nextBlock: number } = this.projection;
    this.projection.apply({ number, hash: '', transactions: [transaction], malformed: [] });
    return answer;
  }

  /** The exporter authorises and applies; returns the id of the application. */
  async apply(changes: Partial<Input<'applyForLoan'>> = {}): Promise<string> {
    const input = application(await authorise(this.ledger), changes);
    return (await this.submit('applyForLoan', people.exporter, input)).id;
  }

  /** Two people of the bank let its rules decide; returns the mandate. */
  async grant(changes: Partial<Input<'proposeMandate'>> = {}): Promise<string> {
    const { id } = await this.submit('proposeMandate', people.bankA, {
      idempotencyKey: freshKey(),
      rules: hash,
      largest: usd('80.00'),
      total: usd('300.00'),
      validUntil: new Date(this.ledger.now + 30 * day).toISOString().slice(0, 10),
      ...changes,
    });
    await this.submit('grantMandate', people.approverA, { id, idempotencyKey: freshKey() });
    return id;
  }

  /** The application as the bank has it. @throws Error when it has none. */
  loan(id: string): LoanView {
    const loan = this.projection.loans.get(id);
    if (loan === undefined) throw new Error(`no application ${id}`);
    return loan;
  }

  /** State and rules, which is what most tests look at. */
  outcome(id: string): string {
    const { state, reasons } = this.loan(id);
    return [state, ...reasons.map(({ rule }) => rule)].join(' ');
  }
}
