import { claimViewSchema, inputSchemas, limits } from '@pledgeonce/chaincode/api.js';
import type { Input } from '@pledgeonce/chaincode/api.js';
import { z } from 'zod';
import { carriedOut } from './committed-answers.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { idParams, transactionId } from './shared-schemas.js';

/** The life cycle of a claim: one address per step, one function of the ledger behind each. */
const commands = [
  ['acceptance', 'acceptClaim', 'Accept a reserved claim; another person than the one who reserved it'],
  ['disbursement', 'disburseClaim', 'Record that the money was paid out'],
  ['repayments', 'repayClaim', 'Record a repayment and where it came from'],
  ['withdrawal', 'withdrawClaim', 'Withdraw a claim; the balance is restored'],
  ['rejection', 'rejectClaim', 'Reject the application; the balance is restored'],
  ['dispute', 'disputeClaim', 'Put a claim in dispute'],
  ['dispute/resolution', 'resolveDispute', 'Resolve a dispute'],
  ['extension', 'extendClaim', 'Extend a reservation or a due date'],
  ['debtor-notice', 'recordDebtorNotice', 'Record when and how the debtor was told of the assignment'],
  ['repurchase', 'repurchaseClaim', 'Propose that the exporter repurchases a claim for all that is owed'],
  ['write-off', 'writeOffClaim', 'Propose to write a claim off'],
  ['collector', 'assignToCollector', 'Propose to assign the debt to a collector'],
  ['goods-release', 'releaseGoods', 'Release a part of the goods before the loan is settled'],
  [
    'reversal',
    'reverseEntry',
    'Propose to reverse a payout, a repayment or a notice that was entered by mistake',
  ],
  ['awaiting/confirmation', 'confirmStep', 'Confirm the step that waits; another person than its proposer'],
  ['awaiting/return', 'returnStep', 'Return the step that waits with a reason, or take it back'],
  ['transfer', 'offerTransfer', 'Offer a claim, or a share of it, to another bank'],
  ['transfer/acceptance', 'acceptTransfer', 'Take over a claim, or the share of it, that is on offer'],
  ['transfer/refusal', 'declineTransfer', 'Decline a claim that is on offer'],
] as const;

const answerSchema = z.union([
  z.strictObject({ ...claimViewSchema.shape, ...transactionId }),
  z.strictObject({ id: z.string(), ...transactionId }),
]);

/** The steps of a claim that one person takes on one claim, each a POST below it, and the mark on all whose time has passed. */
export function claimCommandEndpoints({
  ledger,
  projection,
  follower,
  organisation,
}: ApiContext): Endpoint[] {
  const onOneClaim = commands.map(([step, name, summary]) =>
    endpoint({
      method: 'post',
      path: `/claims/{id}/${step}`,
      tag: 'claims',
      summary,
      access: name,
      writes: true,
      params: idParams,
      body: bodyOf(inputSchemas[name]),
      answers: { 200: { description: 'Done', schema: answerSchema } },
      handle: async ({ params: { id }, body, key, caller }) => {
        const input = { ...body, id, idempotencyKey: key } as Input<typeof name>;
        return carriedOut(await ledger.submit(caller.signatory, name, input));
      },
    }),
  );
  const sweep = endpoint({
    method: 'post',
    path: '/claims/sweep',
    tag: 'claims',
    summary: 'Mark as expired or overdue what has passed its time',
    access: 'sweepClaims',
    writes: true,
    answers: {
      200: { description: 'What was marked', schema: z.strictObject({ items: z.array(z.unknown()) }) },
    },
    handle: async ({ caller }) => {
      await follower.caughtUp();
      const claims = projection.claims
        .pastTheirTime(new Date(), limits.sweptPerTransaction)
        // What was inherited the gateway sweeps by itself, in the place of whose it was.
        .filter(({ owner }) => organisation.government || owner === organisation.mspId)
        .map(({ id, owner }) => (organisation.government ? { id, owner } : { id }));
      if (claims.length === 0) return { status: 200, body: { items: [] } };
      const committed = await ledger.submit(caller.signatory, 'sweepClaims', { claims });
      return { status: 200, body: committed.output };
    },
  });
  return [...onOneClaim, sweep];
}

/** What the client sends of a command: the address says which claim, the header carries the key. */
function bodyOf(command: z.ZodObject): z.ZodType<object> {
  return command.omit({ id: true, idempotencyKey: true });
}
