import FabricCAServices from 'fabric-ca-client';
import type { OrganisationProfile } from '@pledgeonce/network/connection-profile.js';
import type { PersonDescription } from '@pledgeonce/scripts/stack/description.js';

/** Enrols a development person once more, with a key that no gateway has seen. */
export async function enrol(
  ca: OrganisationProfile['ca'],
  { id, secret }: Pick<PersonDescription, 'id' | 'secret'>,
): Promise<{ readonly certificate: string; readonly key: string }> {
  // By default three seconds, which a busy machine exceeds. The types of the client leave this function out.
  const settings = FabricCAServices as unknown as { setConfigSetting(name: string, value: unknown): void };
  settings.setConfigSetting('connection-timeout', 30_000);
  // The types of the client say one buffer where it takes a list.
  const tls = { trustedRoots: [Buffer.from(ca.tlsRootCerts)] as never, verify: true };
  const client = new FabricCAServices(ca.url, tls, ca.name);
  const { certificate, key } = await client.enroll({ enrollmentID: id, enrollmentSecret: secret });
  return { certificate, key: key.toBytes() };
}
