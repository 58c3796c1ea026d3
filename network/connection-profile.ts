import type { Consortium, Organisation } from './consortium.js';

/** Where an organisation's peer answers, and which certificate authorities its TLS certificate comes from. */
interface Endpoint {
  /** `host:port`; the host is a name in the server's TLS certificate. */
  readonly endpoint: string;
  /** PEM, one or more certificates. */
  readonly tlsRootCerts: string;
}

export interface OrganisationProfile {
  readonly name: string;
  /** The organisation's id. */
  readonly mspId: string;
  /** The MSP under which its people sign; its own unless it has no node. */
  readonly signsAs: string;
  readonly title: string;
  readonly kind: Consortium['organisations'][number]['kind'];
  /** One of the nodes whose quorum endorses. */
  readonly government: boolean;
  /** Undefined of a member without a node, which speaks to the peers of the government. */
  readonly peer?: Endpoint | undefined;
  readonly ca: { readonly url: string; readonly name: string; readonly tlsRootCerts: string };
  /** PEM of the certificate authorities of the MSP, with which signatures can be verified offline. */
  readonly rootCerts: string;
  /** Of a further portal: how the accounts begin that it serves, as the register is told when it begins. */
  readonly accounts?: readonly string[] | undefined;
}

/** What of an organisation is the same on both networks. */
export function profileNamesOf(
  { membersMsp }: Pick<Consortium, 'membersMsp'>,
  { name, msp, title, kind, government, node, accounts }: Organisation,
): Pick<OrganisationProfile, 'name' | 'mspId' | 'signsAs' | 'title' | 'kind' | 'government' | 'accounts'> {
  const names = { name, mspId: msp, signsAs: node ? msp : membersMsp, title, kind, government };
  return accounts === undefined ? names : { ...names, accounts };
}

/**
 * Everything a client must know to use the network: the one document that differs between the embedded and
 * a Fabric network. Served over HTTP by the embedded one; `connection.json` in the state folder of both.
 */
export interface ConnectionProfile {
  readonly schema: 1;
  readonly network: 'embedded' | 'fabric';
  readonly name: string;
  readonly channel: string;
  readonly chaincode: { readonly name: string; readonly version: string; readonly endorsement: string };
  readonly collections: readonly { readonly name: string; readonly members: readonly string[] }[];
  readonly organisations: readonly OrganisationProfile[];
  readonly orderers: readonly (Endpoint & { readonly mspId: string })[];
}
