import type { Input, Output } from '@pledgeonce/chaincode/api.js';
import { LedgerError } from '@pledgeonce/chaincode/errors.js';
import type { LoanView, MandateView } from '@pledgeonce/chaincode/loans/api.js';
import { parseMoney } from '@pledgeonce/chaincode/rules/money.js';
import type { Logger } from 'pino';
import type { VerificationLog } from '../api/verification-log.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Signatory } from '../ledger/signatory.js';
import type { Follower } from '../projection/follower.js';
import type { Projection } from '../projection/projection.js';
import { eachDue } from '../time/each-due.js';
import { decide } from './decide.js';
import { afterRefusal } from './refusals.js';
import type { LoadedRules } from './rules.js';

export interface LoanDeskParts {
  /** Whose applications it decides; undefined: all that the tables have. */
  readonly mspId?: string;
  readonly ledger: Pick<Ledger, 'submit' | 'evaluate'>;
  readonly projection: Pick<Projection, 'loans' | 'mandates' | 'claims'>;
  readonly follower: Pick<Follower, 'settled' | 'lag'>;
  readonly verifications: Pick<VerificationLog, 'add'>;
  /** Absent where the bank has no rules: then a person decides everything. */
  readonly loaded: LoadedRules | undefined;
  /** The gateway's own identity; made when first needed. */
  readonly signatory: () => Promise<Signatory>;
  readonly log: Logger;
}

/** A decision as the ledger takes it. */
type Outcome = Input<'decideLoan'>['outcome'];

/** Applications, and mandates, that are read at once; a round goes on until there are no more. */
export const deskPage = 200;

/**
 * Decides the applications to a bank by its rules, with nobody at the keyboard. It keeps nothing: every step finds on
 * the ledger what was done before, so that after a crash it goes on where it stopped and decides nothing twice.
 */
export class LoanDesk {
  readonly #parts: LoanDeskParts;
  readonly #clock: () => number;

  constructor(parts: LoanDeskParts, clock: () => number = Date.now) {
    this.#parts = parts;
    this.#clock = clock;
  }

  /** One round, the oldest application first; one that fails for now does not hold up the others. */
  async decideAll(): Promise<void> {
    const { projection, mspId, log } = this.#parts;
    if (!(await this.#isCurrent())) return;
    let isCurrent = true;
    await eachDue<{ readonly ordinal: number; readonly item: LoanView }, number>({
      page: (after) => (isCurrent ? projection.loans.inState('submitted', deskPage, after) : []),
      placeOf: ({ ordinal }) => ordinal,
      attend: async ({ item: loan }) => {
        // What somebody asked a bank that was removed is left to people, who can only decline it.
        if (mspId !== undefined && loan.bank !== mspId) return;
        // What is left of a mandate is read from the tables; the loan approved a moment ago has used some of it.
        isCurrent &&= await this.#isCurrent();
        if (!isCurrent) return;
        const { state, reasons } = await this.#decide(loan);
        const rules = reasons.map(({ rule }) => rule);
        log.info({ loan: loan.id, state, rules }, 'loan application decided');
      },
      failed: (error, { item: loan }) => {
        log.warn({ err: error, loan: loan.id }, 'loan application not decided yet');
      },
    });
  }

  /** Whether the tables hold everything that is known to be on the ledger. */
  async #isCurrent(): Promise<boolean> {
    const { follower } = this.#parts;
    await follower.settled();
    return follower.lag === 0;
  }

  async #decide(loan: LoanView): Promise<LoanView> {
    const { loaded } = this.#parts;
    if (loaded === undefined) return this.#submit(loan, refer('no-rules', 'The bank decides by hand.'));
    const mandate = this.#mandateFor(loan, loaded);
    // Without a mandate nothing can be decided here: the records stay closed.
    if (mandate === undefined) {
      return this.#submit(loan, refer('mandate', 'The rules of the bank have no mandate for this.'));
    }
    return this.#submit(loan, await this.#judge(loan, loaded), mandate);
  }

  async #judge(loan: LoanView, { rules }: LoadedRules): Promise<Outcome> {
    const { ledger, projection, signatory } = this.#parts;
    // The question is on the log before it is answered.
    await ledger.submit(await signatory(), 'queryForLoan', { id: loan.id });
    const { output: query } = await ledger.submit(await signatory(), 'queryForLoan', { id: loan.id });
    if (query.state === 'refused') {
      const detail = query.detail ?? 'The authorisation does not allow the query.';
      return { decision: 'declined', reasons: [{ rule: 'authorisation', detail }] };
    }
    const advanceRate = Number(rules.advanceRate);
    const { documents, report, exposure } = await this.#assess(loan, advanceRate);
    const decision = decide(rules, loan, {
      today: new Date(this.#clock()).toISOString().slice(0, 10),
      documents,
      records: (report?.records ?? []).map(({ content }) => content),
      open: exposure.open,
      settledClaims: projection.claims.settledOf(loan.enterprise.id, loan.bank),
    });
    return decision.decision === 'approved' ? { ...decision, advanceRate, exposure: exposure.seq } : decision;
  }

  /** The facts, after the query has opened the records; whoever looks at a document leaves a line in the log. */
  async #assess(loan: LoanView, advanceRate: number): Promise<Output<'assessLoan'>> {
    const { ledger, signatory, verifications } = this.#parts;
    const asClerk = await signatory();
    const seen = await ledger.evaluate(asClerk, 'assessLoan', { id: loan.id, advanceRate });
    if (seen.report === undefined) throw new LedgerError('QUERY_NOT_FOUND');
    const at = new Date(this.#clock()).toISOString();
    for (const [index, { result }] of seen.documents.entries()) {
      const document = loan.lines[index]?.document;
      if (document === undefined) continue;
      const { type, number } = document;
      await verifications.add({ at, person: `loan ${loan.id}`, document: { type, number }, result });
    }
    return seen;
  }

  /** Writes a decision; what the ledger does not allow becomes the next best one. */
  async #submit(loan: LoanView, outcome: Outcome, mandate?: MandateView): Promise<LoanView> {
    const { ledger, loaded, signatory } = this.#parts;
    const input: Input<'decideLoan'> = {
      id: loan.id,
      ...(loaded !== undefined && { rules: loaded.hash }),
      ...(mandate !== undefined && { mandate: mandate.id }),
      outcome,
    };
    try {
      return (await ledger.submit(await signatory(), 'decideLoan', input)).output;
    } catch (error) {
      const instead = error instanceof LedgerError ? afterRefusal(outcome, error, loan) : undefined;
      if (instead === undefined) throw error;
      return this.#submit(loan, instead, mandate);
    }
  }

  /** Every mandate that was granted and neither revoked nor used up, the latest first. */
  #mandates(): MandateView[] {
    const { mandates } = this.#parts.projection;
    const found: MandateView[] = [];
    for (let after = 0; ;) {
      const page = mandates.inState('granted', deskPage, after);
      found.push(...page.map(({ item }) => item));
      const last = page.at(-1);
      if (last === undefined || page.length < deskPage) return found.reverse();
      after = last.ordinal;
    }
  }

  /**
   * A mandate for the present rules: one that has room for the loan rather than another. What the rules decline by its
   * currency, any of them covers.
   */
  #mandateFor({ amount, bank }: LoanView, { hash, rules }: LoadedRules): MandateView | undefined {
    const { minor, currency } = parseMoney(amount, 'amount');
    const today = new Date(this.#clock()).toISOString().slice(0, 10);
    const live = this.#mandates().filter(
      (mandate) =>
        mandate.bank === bank &&
        mandate.rules === hash &&
        mandate.validUntil >= today &&
        (mandate.largest.currency === currency || rules.currencies[currency] === undefined),
    );
    const hasRoom = ({ largest, left }: MandateView) =>
      [largest, left].every((money) => minor <= parseMoney(money, 'mandate', 'allow-zero').minor);
    return live.find(hasRoom) ?? live[0];
  }
}

function refer(rule: string, detail: string): Outcome {
  return { decision: 'referred', reasons: [{ rule, detail }] };
}
