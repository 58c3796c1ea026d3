import FabricCAServices from 'fabric-ca-client';
import { Utils } from 'fabric-common';
import type { OrganisationProfile } from '@pledgeonce/network/connection-profile.js';

/** The library gives up after three seconds without a byte, which a busy machine can take to answer. */
const PATIENCE_MS = 30_000;

/** Settings of the library that its types leave out. */
const settings = Utils as unknown as { setConfigSetting: (name: string, value: number) => void };

/** The published client of an organisation's certificate authority. */
export function caService({ ca }: OrganisationProfile): FabricCAServices {
  settings.setConfigSetting('connection-timeout', PATIENCE_MS);
  return new FabricCAServices(ca.url, { trustedRoots: [ca.tlsRootCerts], verify: true }, ca.name);
}
