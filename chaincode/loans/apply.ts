import type { Input } from '../api.js';
import { findAuthorisation } from '../authorisations/write.js';
import { ownEnterprise } from '../authorisations/own-enterprise.js';
import { whyNot } from '../authorisations/scope.js';
import { catalogue } from '../catalogue.js';
import { prepareClaim } from '../draws/prepare.js';
import { creditCategories } from '../credit/api.js';
import { LedgerError } from '../errors.js';
import { isBank } from '../members/banks.js';
import type { Call } from '../ledger/call.js';
import { createdBefore } from '../ledger/create-once.js';
import { fingerprints } from '../ledger/key-ring.js';
import type { Verb } from '../ledger/verb.js';
import { canonicalJson } from '../rules/canonical-json.js';
import { checkAll } from '../rules/check-all.js';
import { instantText } from '../rules/dates.js';
import { digest } from '../rules/fingerprints.js';
import { parseMoney } from '../rules/money.js';
import { partyText } from '../rules/parties.js';
import { type Loan, loanVersions, loanView } from './records.js';
import { storeLoan } from './write.js';

/** An enterprise applies to a bank for a loan on its documents, and lets the bank look at its records. */
export const applyForLoan: Verb<'applyForLoan'> = async (call, input) => {
  const { work, caller, now } = call;
  const { idempotencyKey, ...application } = input;
  const enterprise = ownEnterprise(caller);
  const keys = await fingerprints(work);
  const request = digest(canonicalJson(input));
  const { id, known } = await createdBefore(call, keys, loanVersions, {
    idempotencyKey,
    request,
    enterprise: enterprise.id,
  });
  if (known !== undefined) return loanView(known);
  const goesToBank = await isBank(call, input.bank);
  checkAll({
    bank: () => {
      if (!goesToBank) throw new LedgerError('BANK_INVALID', { field: 'bank' });
    },
    // The rules of the claim that may come of it, now rather than after the decision.
    claim: () => prepareClaim({ enterprise, amount: input.amount, lines: claimLines(input.lines) }),
    lines: () => {
      assertLines(input.lines);
    },
  });
  await assertAuthorised(call, input, partyText(enterprise));
  const loan: Loan = {
    id,
    state: 'submitted',
    seq: 1,
    owner: caller.mspId,
    enterprise,
    ...application,
    reasons: [],
    createdAt: instantText(now),
    updatedAt: instantText(now),
    request,
  };
  storeLoan(call, loan);
  return loanView(loan);
};

/** The lines of an application as a claim has them. */
function claimLines(lines: Loan['lines']) {
  return lines.map(({ document, amount }) => ({ document, amount }));
}

/** @throws LedgerError an error of money, or NOT_FINANCEABLE where no bank could verify or claim the document. */
function assertLines(lines: Loan['lines']): void {
  for (const [index, { document, total }] of lines.entries()) {
    parseMoney(total, `lines.${index}.total`);
    const { drawnAs, checkCode } = catalogue[document.type];
    if (!drawnAs.includes('receivable') || checkCode === true) {
      throw new LedgerError('NOT_FINANCEABLE', { field: `lines.${index}.document.type` });
    }
  }
}

/** @throws LedgerError AUTHORISATION_NOT_FOUND or AUTHORISATION_UNFIT. */
async function assertAuthorised(
  call: Call,
  { authorisation: id, bank }: Input<'applyForLoan'>,
  enterprise: string,
): Promise<void> {
  const field = 'authorisation';
  const { caller, now } = call;
  const authorisation = await findAuthorisation(call, id);
  if (authorisation?.owner !== caller.mspId || partyText(authorisation.enterprise) !== enterprise) {
    throw new LedgerError('AUTHORISATION_NOT_FOUND', { field });
  }
  const { purpose } = authorisation;
  if (
    authorisation.bank !== bank ||
    whyNot(authorisation, { categories: creditCategories, purpose, now }) !== undefined
  ) {
    throw new LedgerError('AUTHORISATION_UNFIT', { field });
  }
}
