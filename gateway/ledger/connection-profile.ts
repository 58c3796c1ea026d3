import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { organisationKinds } from '@pledgeonce/chaincode/roles.js';
import { z } from 'zod';

/** How long between two attempts to reach a discovery service that is away. */
const lookAgainMs = 100;

const pem = z.string().includes('-----BEGIN CERTIFICATE-----');
const endpoint = z.string().regex(/^[^\s/:]+:\d{1,5}$/, 'An endpoint is host:port.');
const node = { endpoint, tlsRootCerts: pem };

const organisationSchema = z.object({
  name: z.string(),
  /** The organisation's id. */
  mspId: z.string(),
  /** The MSP under which its people sign, where that is not its own: a member without a node shares one. */
  signsAs: z.string().optional(),
  title: z.string(),
  kind: z.enum(organisationKinds),
  government: z.boolean(),
  /** A member without a node has none. */
  peer: z.object(node).optional(),
  ca: z.object({ url: z.url(), name: z.string(), tlsRootCerts: pem }),
  rootCerts: pem,
  /** Of a further portal: how the accounts begin that it serves when the registry begins. */
  accounts: z.array(z.string()).optional(),
});

const profileSchema = z.object({
  schema: z.literal(1),
  network: z.enum(['embedded', 'fabric']),
  name: z.string(),
  channel: z.string(),
  chaincode: z.object({ name: z.string(), version: z.string(), endorsement: z.string() }),
  collections: z.array(z.object({ name: z.string(), members: z.array(z.string()) })),
  organisations: z.array(organisationSchema).min(1),
  orderers: z.array(z.object({ ...node, mspId: z.string() })),
});

export type ConnectionProfile = z.infer<typeof profileSchema>;
export type OrganisationProfile = z.infer<typeof organisationSchema>;

/**
 * Reads the one document that tells a client where the network is.
 *
 * @param source A file, or the address of the embedded network's discovery service.
 * @param patienceMs how long a discovery service may be away: it may be starting at the same moment.
 * @throws Error when it cannot be read or is not a connection profile.
 */
export async function readConnectionProfile(source: string, patienceMs = 0): Promise<ConnectionProfile> {
  const result = profileSchema.safeParse(JSON.parse(await readSource(source, patienceMs)));
  if (!result.success) {
    throw new Error(`${source} is not a connection profile:\n${z.prettifyError(result.error)}`);
  }
  return result.data;
}

async function readSource(source: string, patienceMs: number): Promise<string> {
  if (!/^https?:\/\//.test(source)) return readFile(source, 'utf8');
  const until = performance.now() + patienceMs;
  for (;;) {
    try {
      const response = await fetch(source, { signal: AbortSignal.timeout(10_000) });
      if (!response.ok) throw new Error(`${source} answers ${response.status}.`);
      return await response.text();
    } catch (error) {
      if (performance.now() >= until) throw error;
      await sleep(lookAgainMs);
    }
  }
}

/** @throws Error when the network has no such organisation. */
export function organisationOf(profile: ConnectionProfile, mspId: string): OrganisationProfile {
  const found = profile.organisations.find((organisation) => organisation.mspId === mspId);
  if (found === undefined) throw new Error(`The network ${profile.name} has no organisation ${mspId}.`);
  return found;
}

/** The MSP under which the people of an organisation sign. */
export function signingMspOf({ mspId, signsAs }: Pick<OrganisationProfile, 'mspId' | 'signsAs'>): string {
  return signsAs ?? mspId;
}

/** The organisations whose quorum endorses. */
export function governmentOf(profile: ConnectionProfile): string[] {
  return profile.organisations.filter(({ government }) => government).map(({ mspId }) => mspId);
}
