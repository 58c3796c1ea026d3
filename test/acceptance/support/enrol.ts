import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import type { IncomingMessage } from 'node:http';
import { certificateRequest } from '@pledgeonce/gateway/people/certificate-request.js';
import type { OrganisationProfile } from '@pledgeonce/network/connection-profile.js';
import type { PersonDescription } from '@pledgeonce/scripts/stack/description.js';

const timeoutMs = 30_000;

/**
 * Enrols a development person once more, with a key that no gateway has seen. The authority is asked without
 * fabric-ca-client: in the sandbox in which Jest runs a file that takes seconds to load and to make a key.
 */
export async function enrol(
  ca: OrganisationProfile['ca'],
  { id, secret }: Pick<PersonDescription, 'id' | 'secret'>,
): Promise<{ readonly certificate: string; readonly key: string }> {
  const { csr, privateKey: key } = await certificateRequest(id);
  const asked = JSON.stringify({ certificate_request: csr, caname: ca.name });
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const options = { method: 'POST', ca: ca.tlsRootCerts, auth: `${id}:${secret}`, signal };
    request(new URL('/api/v1/enroll', ca.url), options, resolve).on('error', reject).end(asked);
  });
  const said = await text(answer);
  const { result } = JSON.parse(said) as { readonly result?: { readonly Cert?: string } | null };
  if (typeof result?.Cert !== 'string') throw new Error(`${id} was not enrolled: ${said}`);
  return { certificate: Buffer.from(result.Cert, 'base64').toString('utf8'), key };
}
