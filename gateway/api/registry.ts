import { randomBytes } from 'node:crypto';
import { inputSchemas, outputSchemas, publishedRateSchema } from '@pledgeonce/chaincode/api.js';
import { z } from 'zod';
import { carriedOut, created } from './committed-answers.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { listTable } from './list-table.js';
import { readerRoles } from './reader-roles.js';
import { page, pageOf, transactionId } from './shared-schemas.js';

const done = { 201: { description: 'Done', schema: z.strictObject(transactionId) } };

/** What the regulator does for everybody: the fingerprint key and the exchange rates. */
export function registryEndpoints(context: ApiContext): Endpoint[] {
  const others = [
    setPolicy,
    getPolicy,
    publishRates,
    confirmRates,
    returnRates,
    listRates,
    listRatePublications,
  ].map((make) => make(context));
  return [
    keyEndpoint(
      context,
      '/registry/initialisation',
      'Give the registry its first fingerprint key',
      'initialise',
    ),
    keyEndpoint(
      context,
      '/registry/key-rotation',
      'Give the registry a new fingerprint key',
      'rotateFingerprintKey',
    ),
    ...others,
  ];
}

function setPolicy({ ledger }: ApiContext): Endpoint {
  return endpoint({
    method: 'post',
    path: '/registry/policy',
    tag: 'registry',
    summary: 'Record what the consortium has decided on',
    access: 'setPolicy',
    writes: true,
    body: inputSchemas.setPolicy,
    answers: {
      201: {
        description: 'Recorded',
        schema: z.strictObject({ ...outputSchemas.setPolicy.shape, ...transactionId }),
      },
    },
    handle: async ({ body, caller }) => {
      return created(await ledger.submit(caller.signatory, 'setPolicy', body));
    },
  });
}

function getPolicy({ ledger }: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/registry/policy',
    tag: 'registry',
    summary: 'What the consortium has decided on',
    access: 'readPolicy',
    answers: { 200: { description: 'The policy', schema: outputSchemas.readPolicy } },
    handle: async ({ caller }) => ({
      status: 200,
      body: await ledger.evaluate(caller.signatory, 'readPolicy', {}),
    }),
  });
}

function publishRates({ ledger }: ApiContext): Endpoint {
  return endpoint({
    method: 'post',
    path: '/rates',
    tag: 'registry',
    summary: 'Publish exchange rates; those that are far from the ones in force wait for a second person',
    access: 'publishRates',
    writes: true,
    body: inputSchemas.publishRates,
    answers: {
      201: {
        description: 'Published',
        schema: z.strictObject({ ...outputSchemas.publishRates.shape, ...transactionId }),
      },
    },
    handle: async ({ body, caller }) => {
      return created(await ledger.submit(caller.signatory, 'publishRates', body));
    },
  });
}

function confirmRates({ ledger }: ApiContext): Endpoint {
  return endpoint({
    method: 'post',
    path: '/rates/confirmation',
    tag: 'registry',
    summary: 'Confirm, as a second person, rates that are far from those in force',
    access: 'confirmRates',
    writes: true,
    body: inputSchemas.confirmRates,
    answers: {
      200: {
        description: 'In force',
        schema: z.strictObject({ ...outputSchemas.confirmRates.shape, ...transactionId }),
      },
    },
    handle: async ({ body, caller }) => {
      return carriedOut(await ledger.submit(caller.signatory, 'confirmRates', body));
    },
  });
}

function returnRates({ ledger }: ApiContext): Endpoint {
  return endpoint({
    method: 'post',
    path: '/rates/return',
    tag: 'registry',
    summary: 'Return rates that wait with a reason, or take them back',
    access: 'returnRates',
    writes: true,
    body: inputSchemas.returnRates,
    answers: {
      200: {
        description: 'Returned',
        schema: z.strictObject({ ...outputSchemas.returnRates.shape, ...transactionId }),
      },
    },
    handle: async ({ body, caller }) => {
      return carriedOut(await ledger.submit(caller.signatory, 'returnRates', body));
    },
  });
}

function listRates({ ledger }: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/rates',
    tag: 'registry',
    summary: 'The exchange rates in force',
    access: 'readRates',
    query: z.strictObject({ currency: z.string().max(16).optional() }),
    answers: { 200: { description: 'Rates', schema: outputSchemas.readRates } },
    handle: async ({ query, caller }) => ({
      status: 200,
      body: await ledger.evaluate(caller.signatory, 'readRates', {
        ...(query.currency === undefined ? {} : { currencies: [query.currency] }),
      }),
    }),
  });
}

function listRatePublications({ projection, follower }: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/rates/publications',
    tag: 'registry',
    summary:
      'Every publication of a rate, the latest first; what a claim or payment was drawn at is among them',
    access: { kinds: ['regulator'], roles: readerRoles },
    query: z.strictObject({ currency: z.string().max(16).optional(), ...page }),
    csv: listTable('rates', publishedRateSchema),
    answers: { 200: { description: 'A page', schema: pageOf(publishedRateSchema) } },
    handle: async ({ query: { currency, ...query } }) => {
      await follower.caughtUp();
      return { status: 200, body: projection.ratePublications.list({ ...query, category: currency }) };
    },
  });
}

/** Makes a key that nobody sees, and hands it to the ledger; with the first one goes who is a member from the beginning. */
function keyEndpoint(
  { ledger, profile }: ApiContext,
  path: string,
  summary: string,
  name: 'initialise' | 'rotateFingerprintKey',
): Endpoint {
  return endpoint({
    method: 'post',
    path,
    tag: 'registry',
    summary,
    access: name,
    writes: true,
    answers: done,
    handle: async ({ caller }) => {
      const fingerprintKey = randomBytes(32).toString('base64');
      const members = profile.organisations.flatMap(
        ({ government, mspId: id, signsAs = id, title, kind, rootCerts, accounts }) =>
          government || kind === 'regulator'
            ? []
            : [
                {
                  id,
                  title,
                  kind,
                  ...(signsAs !== id && { authority: rootCerts }),
                  ...(accounts && { accounts }),
                },
              ],
      );
      const committed =
        name === 'initialise'
          ? await ledger.submit(caller.signatory, name, { fingerprintKey, members })
          : await ledger.submit(caller.signatory, name, { fingerprintKey });
      return { status: 201, body: { transactionId: committed.transactionId } };
    },
  });
}
