import createClient from 'openapi-fetch';
import type { Client, ClientOptions } from 'openapi-fetch';
import type { components, paths } from './schema.js';

export type { components, operations, paths } from './schema.js';

/** The records of the API by name: `Schemas['Claim']`. */
export type Schemas = components['schemas'];
export type PledgeOnceClient = Client<paths>;

/**
 * A client of one organisation's gateway: `client.GET('/claims/{id}', { params: { path: { id } } })`.
 *
 * @param options `baseUrl` is the address of the gateway with `/api/v1`; a bearer token goes into `headers`.
 */
export function createPledgeOnceClient(options: ClientOptions): PledgeOnceClient {
  return createClient<paths>(options);
}
