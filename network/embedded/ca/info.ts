import type { Authority } from './authority.js';
import { type CaRequest, type Reply, requireThisAuthority } from './request.js';

/** Which Fabric CA this one answers like. */
const VERSION = '1.5-embedded';

/** GET and POST /cainfo: name and certificate; anybody may ask. */
export function info(authority: Authority, request: CaRequest): Promise<Reply> {
  requireThisAuthority(authority, request);
  return Promise.resolve({ result: { ...describeAuthority(authority), Version: VERSION } });
}

/** What every client is told of the authority. It issues no Idemix credentials, so there are no keys for them. */
export function describeAuthority({ name, issuer }: Authority): Record<string, string> {
  return {
    CAName: name,
    CAChain: Buffer.from(issuer.cert).toString('base64'),
    IssuerPublicKey: '',
    IssuerRevocationPublicKey: '',
    Version: '',
  };
}
