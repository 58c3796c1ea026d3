import { drawLines } from '../draws/draw.js';
import { prepareClaim, type PreparedClaim } from '../draws/prepare.js';
import { drawnBefore, requestOf } from '../draws/requests.js';
import { LedgerError } from '../errors.js';
import { accountOfFirm } from '../firms/account.js';
import type { Call } from '../ledger/call.js';
import { fingerprints } from '../ledger/key-ring.js';
import type { Verb } from '../ledger/verb.js';
import { type Payment, paymentVersions } from './records.js';
import { eachItem } from '../ledger/batch.js';
import { parseWith } from '../ledger/input.js';
import { checkAll } from '../rules/check-all.js';
import { dateOf, dayNumber, instantText } from '../rules/dates.js';
import type { Exchanged } from '../rules/exchange.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import { type MinorMoney, parseMoney } from '../rules/money.js';
import { canonicalParty } from '../rules/parties.js';
import { aboveThreshold, filingThreshold, thresholdValue } from '../rules/payment-threshold.js';
import { isStale } from '../rules/rates.js';
import { ratesOf } from '../underlyings/rates.js';
import { assertKnown, whyClosed, whyNotThatDay } from './access.js';
import { assertStillConsistent, checkedAgain, quotedCheck } from './background.js';
import { checkedInvoice, invoiceText } from './marks/invoice.js';
import { markPapers } from './marks/mark-papers.js';
import { type PaymentInput, paymentInputSchema, type PaymentView } from './api.js';
import { purposes } from './purposes.js';
import { writePayment } from './store.js';
import { countUnfiled } from './structuring.js';
import { paymentView } from './view.js';

/** A bank marks payments abroad against their documents, each with its own verdict: all lines hold, or none does. */
export const markPayments: Verb<'markPayments'> = async (call, { payments }) => {
  const keys = await fingerprints(call.work);
  return {
    items: await eachItem(call, payments, async (call, raw, index) => ({
      index,
      status: 'marked' as const,
      payment: await markPayment(call, keys, parseWith(paymentInputSchema, raw)),
    })),
  };
};

async function markPayment(call: Call, keys: Fingerprints, input: PaymentInput): Promise<PaymentView> {
  const { work, caller, now } = call;
  const prepared = preparePayment(input, now);
  const command = requestOf('markPayments', input);
  const { id, known } = await drawnBefore(call, keys, paymentVersions, input.idempotencyKey, command);
  if (known !== undefined) return paymentView(known);

  const { documents, drawnAs, exemptUpTo } = purposes[input.purpose];
  const value = exemptUpTo && (await valueAgainst(call, prepared.amount));
  const filingRequired = exemptUpTo === undefined || aboveThreshold(value);
  if (filingRequired && input.lines.length === 0) {
    throw new LedgerError('FILING_REQUIRED', {
      ...(exemptUpTo === undefined && { detail: 'A payment for this purpose needs its document.' }),
      field: 'lines',
    });
  }
  await assertKnown(call, keys, prepared);
  const check = await quotedCheck(call, input, prepared);
  const report = check && (await checkedAgain(call, keys, check, prepared));
  const request = {
    ...prepared,
    terms: async (_line, head) => {
      const code = documents.includes(head.type)
        ? ((await whyClosed(call, keys, head)) ?? (await whyNotThatDay(call, head, input.paidOn)))
        : 'WRONG_DOCUMENT';
      return code === undefined ? {} : { refused: { code } };
    },
  } as const satisfies Parameters<typeof drawLines>[2];
  const payment: Payment = {
    id,
    seq: 1,
    state: 'marked',
    owner: caller.mspId,
    reference: input.reference,
    payer: prepared.enterprise,
    account: await accountOfFirm(work, keys, [prepared.enterprise]),
    payee: input.payee,
    purpose: input.purpose,
    currency: prepared.amount.currency,
    amount: prepared.amount.minor,
    paidOn: input.paidOn,
    check: check?.id,
    lines: await drawLines(call, keys, request, await drawOf(call, keys, check, id, drawnAs)),
    filingRequired,
    equivalent: value && { amount: value.minor, ...(value.rate && { rate: value.rate }) },
    by: { mspId: caller.mspId, id: caller.person },
    requests: [command],
    createdAt: instantText(now),
    updatedAt: instantText(now),
  };
  if (check === undefined || report === undefined) {
    await countUnfiled(call, keys, payment);
    writePayment(work, payment);
    return paymentView(payment);
  }
  assertStillConsistent(report);
  const invoice = await checkedInvoice(call, keys, check);
  const marked = { ...payment, ...(await markPapers(call, keys, { id, prepared, invoice })) };
  writePayment(work, marked);
  return paymentView(marked);
}

/** Whose a draw is, and of a mark the invoice that it is held against. */
async function drawOf(
  call: Call,
  keys: Fingerprints,
  check: Awaited<ReturnType<typeof quotedCheck>>,
  claim: string,
  kind: 'payment' | 'mark',
): Promise<Parameters<typeof drawLines>[3]> {
  const against = check && (await invoiceText(call, keys, check));
  return { drawnBy: claim, kind, owner: call.caller.mspId, ...(against !== undefined && { against }) };
}

/** What the payment counts against the threshold, at rates that still hold. */
async function valueAgainst({ work, now }: Call, amount: MinorMoney): Promise<Exchanged | undefined> {
  const rates = await ratesOf(work, [amount.currency, filingThreshold.currency]);
  const current = [...rates].filter(([, rate]) => !isStale(rate, dateOf(now)));
  return thresholdValue(amount, new Map(current));
}

/** Checks a payment by itself; one without documents has nothing to add up. */
function preparePayment(input: PaymentInput, now: number): PreparedClaim {
  const { whole } = checkAll({
    date: () => {
      if (dayNumber(input.paidOn) > dayNumber(dateOf(now)) + 1) {
        throw new LedgerError('DATE_INVALID', { field: 'paidOn' });
      }
    },
    whole: () =>
      input.lines.length > 0
        ? prepareClaim(
            { enterprise: input.payer, amount: input.amount, lines: input.lines },
            purposes[input.purpose].drawnAs,
          )
        : {
            enterprise: canonicalParty(input.payer, 'payer'),
            amount: parseMoney(input.amount, 'amount'),
            lines: [],
          },
  });
  return whole;
}
