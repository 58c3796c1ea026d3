import { offerViewSchema } from '@pledgeonce/chaincode/offers/api.js';
import { z } from 'zod';
import { carriedOut } from './committed-answers.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { findRequest } from './financing-requests.js';
import { Problem } from './problem.js';
import { readerRoles } from './reader-roles.js';
import { idParams, transactionId } from './shared-schemas.js';

/** Offers on a financing request, from the moment the caller may know of them. */
export function offerEndpoints(context: ApiContext): Endpoint[] {
  const { ledger, projection, follower, keptOffers } = context;
  return [
    endpoint({
      method: 'get',
      path: '/offers/{id}',
      tag: 'matchmaking',
      summary: 'An offer; its terms before the deadline only for the bidder',
      access: {
        kinds: ['enterprise', 'bank', 'regulator'],
        roles: readerRoles,
      },
      params: idParams,
      answers: { 200: { description: 'The offer', schema: offerViewSchema } },
      handle: async ({ params: { id }, caller }) => {
        await follower.caughtUp();
        const offer = projection.offers.get(id);
        if (offer === undefined) throw new Problem('OFFER_NOT_FOUND');
        await findRequest(context, caller, offer.request);
        // Only the bidder's gateway keeps anything.
        const kept = offer.terms ?? (await keptOffers.find(offer.request, offer.commitment))?.terms;
        return { status: 200, body: { ...offer, ...(kept !== undefined && { terms: kept }) } };
      },
    }),
    endpoint({
      method: 'post',
      path: '/offers/{id}/acceptance',
      tag: 'matchmaking',
      summary: 'Accept an offer: the claim is reserved for the bank, the other offers lapse',
      access: 'acceptOffer',
      writes: true,
      params: idParams,
      answers: {
        200: {
          description: 'Accepted',
          schema: z.strictObject({ ...offerViewSchema.shape, ...transactionId }),
        },
      },
      handle: async ({ params: { id }, key, caller }) => {
        const input = { id, idempotencyKey: key };
        return carriedOut(await ledger.submit(caller.signatory, 'acceptOffer', input));
      },
    }),
  ];
}
