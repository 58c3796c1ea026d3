import { enterpriseMsp } from '@pledgeonce/chaincode/roles.js';
import type { ApiContext } from '../context.js';
import { endpointsOf } from '../whole-api.js';
import { describeApi } from './openapi.js';

/**
 * The API as a client knows it, described without a network, a state folder or a running gateway. The portal's has every
 * field: of the people of an organisation, only a portal's act for an enterprise.
 */
export function wholeDocument(): ReturnType<typeof describeApi> {
  const organisation = { mspId: enterpriseMsp, title: 'PledgeOnce', kind: 'enterprise', government: false };
  // Describing asks for nothing but the organisation; whatever an endpoint works with is looked at when it is called.
  const absent: object = new Proxy(() => undefined, { get: () => absent });
  const limits = new Proxy({}, { get: () => 1 });
  const context = new Proxy({ organisation, limits } as Partial<ApiContext>, {
    get: (known, name) => (name in known ? known[name as keyof ApiContext] : absent),
  });
  return describeApi(endpointsOf(context as ApiContext), 'PledgeOnce');
}
