import { sign } from 'node:crypto';
import { toLowSDer } from '@pledgeonce/chaincode/low-s.js';
import { certificateRequest } from '@pledgeonce/gateway/people/certificate-request.js';
import type { OrganisationProfile } from '@pledgeonce/network/connection-profile.js';
import { registrarSecretOf } from '../../acceptance/support/ca-operator.js';
import { consortium } from '../../acceptance/support/consortium.js';
import { enrol } from '../../acceptance/support/enrol.js';
import type { Door } from './door.js';

/** What a registrar asks of a certificate authority, as Fabric CA's API takes it: JSON, with a token that signs it. */
export async function authorityDoors({ mspId, ca }: OrganisationProfile): Promise<readonly Door[]> {
  const secret = registrarSecretOf(consortium(), mspId);
  const { certificate, key } = await enrol(ca, { id: 'registrar', secret });
  const { csr } = await certificateRequest('registrar');
  const base64 = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64');
  const tokenFor = (uri: string) => (body: Uint8Array) => {
    const text = ['POST', base64(uri), base64(body), base64(certificate)].join('.');
    const signature = toLowSDer(sign('sha256', Buffer.from(text), key));
    return `${base64(certificate)}.${base64(signature)}`;
  };
  const basic = `Basic ${base64(`registrar:${secret}`)}`;
  const door = (uri: string, body: object, authorization: (body: Uint8Array) => string): Door => ({
    at: 'authority',
    answers: 'once',
    method: uri,
    content: Buffer.from(JSON.stringify({ ...body, caname: ca.name })),
    signed: (content) => Promise.resolve(content),
    authorization,
  });
  const asked = [
    ['register', { id: 'somebody', type: 'client', affiliation: '', max_enrollments: -1, attrs: [] }],
    ['identities', { id: 'somebody-else', type: 'client', affiliation: '', attrs: [{ name: 'role' }] }],
    ['revoke', { id: 'somebody', reason: 'superseded', gencrl: true }],
    ['gencrl', { revokedafter: '2026-01-01T00:00:00Z' }],
    ['reenroll', { certificate_request: csr, attr_reqs: [{ name: 'role', optional: true }] }],
  ] as const;
  return [
    ...asked.map(([path, body]) => door(`/api/v1/${path}`, body, tokenFor(`/api/v1/${path}`))),
    door('/api/v1/enroll', { certificate_request: csr, profile: '' }, () => basic),
  ];
}
