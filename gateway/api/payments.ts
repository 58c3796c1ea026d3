import {
  markConsentViewSchema,
  paymentInputSchema,
  paymentInputs,
  paymentOutputs,
  paymentPurposeSchema,
  paymentStateSchema,
  paymentViewSchema,
} from '@pledgeonce/chaincode/payments/api.js';
import type { PaymentInput } from '@pledgeonce/chaincode/payments/api.js';
import { limits as ledgerLimits } from '@pledgeonce/chaincode/api.js';
import type { Input } from '@pledgeonce/chaincode/api.js';
import { z } from 'zod';
import { batchAnswer, documentsOf, partOf, unplaced, unplacedVerdicts } from './batch-verdicts.js';
import { carriedOut, created } from './committed-answers.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Caller, Endpoint } from './endpoint.js';
import { listTable } from './list-table.js';
import { readable, readableHistorySchema } from './readable-history.js';
import { readerRoles } from './reader-roles.js';
import { idParams, lookedFor, page, pageOf, transactionId } from './shared-schemas.js';
import { ownView } from './own-view.js';
import { paymentsTable } from './tables.js';
import { asking } from './keep-question.js';

const marked = z.strictObject({ ...paymentViewSchema.shape, ...transactionId });
const newPayment = paymentInputSchema.omit({ idempotencyKey: true });
const batchItem = z.discriminatedUnion('status', [
  z.strictObject({ index: z.number().int(), status: z.literal('marked'), payment: marked }),
  ...unplacedVerdicts,
]);
type BatchItem = z.infer<typeof batchItem>;

/** Beside who reads them on the ledger, the payer: from its portal's copies. */
const paymentReaders = {
  kinds: ['bank', 'regulator', 'enterprise'],
  roles: readerRoles,
} as const;

/** Payments abroad: mark them against their documents, reverse and read. */
export function paymentEndpoints(context: ApiContext): Endpoint[] {
  return [
    markPayment,
    markPayments,
    ...reversalSteps.map(reversalStep),
    liftMark,
    consentToMark,
    listMarkConsents,
    listPayments,
    getPayment,
    getPaymentHistory,
  ].map((make) => make(context));
}

function markPayment(context: ApiContext): Endpoint {
  return endpoint({
    method: 'post',
    path: '/payments',
    tag: 'payments',
    summary: 'Mark a payment abroad against its documents; all of its lines hold or none does',
    access: 'markPayments',
    writes: true,
    body: newPayment,
    answers: { 201: { description: 'Marked', schema: marked } },
    handle: async ({ body, key, caller }) => {
      const { view, transactionId } = await mark(context, caller, { ...body, idempotencyKey: key });
      return { status: 201, body: { ...view, transactionId }, location: `/api/v1/payments/${view.id}` };
    },
  });
}

function markPayments(context: ApiContext): Endpoint {
  return endpoint({
    method: 'post',
    path: '/payments/batch',
    tag: 'payments',
    summary: 'Mark many payments, with a verdict on each',
    access: 'markPayments',
    writes: true,
    body: z.strictObject({ payments: z.array(z.unknown()).min(1).max(ledgerLimits.itemsPerBatch) }),
    answers: { 200: { description: 'Verdicts', schema: z.strictObject({ items: z.array(batchItem) }) } },
    handle: async ({ body, key, caller }) => {
      const items = await Promise.all(
        body.payments.map(async (payment, index): Promise<BatchItem> => {
          try {
            const input = { ...newPayment.parse(payment), idempotencyKey: `${key}.${index}` };
            const { view, transactionId } = await mark(context, partOf(caller, index), input);
            return { index, status: 'marked', payment: { ...view, transactionId } };
          } catch (error) {
            return unplaced(context.operations, caller, index, error);
          }
        }),
      );
      return batchAnswer(items);
    },
  });
}

/** A payment is taken back by two people: an address for each of their steps. */
const reversalSteps = [
  ['reversal', 'reversePayment', 'Propose to reverse a payment that came back or was marked by mistake'],
  [
    'awaiting/confirmation',
    'confirmPaymentStep',
    'Confirm the reversal that waits; another person than its proposer',
  ],
  ['awaiting/return', 'returnPaymentStep', 'Return the reversal that waits with a reason, or take it back'],
] as const;

function reversalStep([step, name, summary]: (typeof reversalSteps)[number]) {
  return ({ ledger }: ApiContext): Endpoint =>
    endpoint({
      method: 'post',
      path: `/payments/{id}/${step}`,
      tag: 'payments',
      summary,
      access: name,
      writes: true,
      params: idParams,
      body: bodyOf(paymentInputs[name]),
      answers: { 200: { description: 'The payment as it stands now', schema: marked } },
      handle: async ({ params: { id }, body, key, caller }) => {
        const input = { ...body, id, idempotencyKey: key } as Input<typeof name>;
        return carriedOut(await ledger.submit(caller.signatory, name, input));
      },
    });
}

/** What the client sends of a command: the address says which payment, the header carries the key. */
function bodyOf(command: z.ZodObject): z.ZodType<object> {
  return command.omit({ id: true, idempotencyKey: true });
}

function liftMark(context: ApiContext): Endpoint {
  const { ledger } = context;
  return endpoint({
    method: 'post',
    path: '/payments/{id}/lifting',
    tag: 'payments',
    summary: 'Take the marks of an offshore payment away as the regulator; the payment stays on the record',
    access: 'liftMark',
    writes: true,
    params: idParams,
    body: paymentInputs.liftMark.pick({ reason: true }),
    answers: { 200: { description: 'Lifted', schema: marked } },
    handle: async ({ params: { id }, body, key, caller }) => {
      const input = { ...(await paymentReference(context, id)), ...body, idempotencyKey: key };
      return carriedOut(await ledger.submit(caller.signatory, 'liftMark', input));
    },
  });
}

function consentToMark(context: ApiContext): Endpoint {
  const { ledger } = context;
  return endpoint({
    method: 'post',
    path: '/mark-consents',
    tag: 'payments',
    summary: 'Let another enterprise pay on a document of transport that names the own one',
    access: 'consentToMark',
    writes: true,
    body: paymentInputs.consentToMark,
    answers: {
      201: {
        description: 'Consented',
        schema: z.strictObject({ ...paymentOutputs.consentToMark.shape, ...transactionId }),
      },
    },
    handle: async ({ body, caller }) => {
      return created(
        await asking(context, caller, 'consent', body.document, () =>
          ledger.submit(caller.signatory, 'consentToMark', body),
        ),
      );
    },
  });
}

function listMarkConsents({ projection, follower }: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/mark-consents',
    tag: 'payments',
    summary: 'Whom an enterprise has let pay on documents of transport that name it, the latest first',
    access: { kinds: ['enterprise', 'regulator'], roles: readerRoles },
    query: z.strictObject({ enterprise: z.string().max(64).optional(), ...page }),
    csv: listTable('mark-consents', markConsentViewSchema),
    answers: { 200: { description: 'A page', schema: pageOf(markConsentViewSchema) } },
    handle: async ({ query, caller }) => {
      await follower.caughtUp();
      return { status: 200, body: projection.markConsents.list({ ...query, ...ownView(caller) }) };
    },
  });
}

function listPayments({ projection, follower }: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/payments',
    tag: 'payments',
    summary:
      'Payments of the organisation (the regulator: of everybody; an enterprise: its own), the latest first',
    access: paymentReaders,
    query: z.strictObject({
      state: paymentStateSchema.optional(),
      purpose: paymentPurposeSchema.optional(),
      payer: z.string().max(64).optional(),
      owner: z.string().max(64).optional(),
      reference: lookedFor,
      document: lookedFor,
      /** Paid on this day or later, and before that one; then in the order of the days, the latest first. */
      paidFrom: z.iso.date().optional(),
      paidBefore: z.iso.date().optional(),
      ...page,
    }),
    csv: paymentsTable,
    answers: { 200: { description: 'A page', schema: pageOf(paymentViewSchema) } },
    handle: async ({ query: { purpose, payer, owner, paidFrom, paidBefore, ...query }, caller }) => {
      await follower.caughtUp();
      const days = { dayFrom: paidFrom, dayBefore: paidBefore };
      const filter = {
        ...query,
        ...days,
        category: purpose,
        enterprise: payer,
        bank: owner,
        ...ownView(caller),
      };
      return { status: 200, body: projection.payments.list(filter) };
    },
  });
}

function getPayment(context: ApiContext): Endpoint {
  const { ledger } = context;
  return endpoint({
    method: 'get',
    path: '/payments/{id}',
    tag: 'payments',
    summary: 'A payment',
    access: 'readPayment',
    params: idParams,
    answers: { 200: { description: 'The payment', schema: paymentViewSchema } },
    handle: async ({ params: { id }, caller }) => ({
      status: 200,
      body: await ledger.evaluate(caller.signatory, 'readPayment', await paymentReference(context, id)),
    }),
  });
}

function getPaymentHistory(context: ApiContext): Endpoint {
  const { ledger } = context;
  return endpoint({
    method: 'get',
    path: '/payments/{id}/history',
    tag: 'payments',
    summary: 'Every version of a payment',
    access: 'readPaymentHistory',
    params: idParams,
    answers: { 200: { description: 'Versions', schema: readableHistorySchema } },
    handle: async ({ params: { id }, caller }) => {
      const reference = await paymentReference(context, id);
      return {
        status: 200,
        body: readable(await ledger.evaluate(caller.signatory, 'readPaymentHistory', reference)),
      };
    },
  });
}

/** The regulator has to say whose payment it means; its projection knows. */
export async function paymentReference(
  { organisation, projection, follower }: ApiContext,
  id: string,
): Promise<{ id: string; owner?: string }> {
  if (!organisation.government) return { id };
  await follower.caughtUp();
  const owner = projection.payments.get(id)?.owner;
  return owner === undefined ? { id } : { id, owner };
}

/** What two payments must not change at the same time: a document, or the payer's account of payments without one. */
function thingsOf(payment: PaymentInput): string[] {
  const { payer } = payment;
  return payment.lines.length > 0 ? documentsOf(payment) : [`payer/${payer.scheme}/${payer.id}`];
}

/** Sends one payment to the ledger. */
function mark({ payments }: ApiContext, { session, signatory }: Caller, payment: PaymentInput) {
  return payments.place(session.person.id, signatory, payment, thingsOf(payment));
}
