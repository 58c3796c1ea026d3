import { X509Certificate } from 'node:crypto';
import type { ConnectionProfile } from '../ledger/connection-profile.js';
import type { Authorities } from './channel-configuration.js';

/** The root certificates that a connection profile names, by MSP id: whom its reader trusts. */
export function authoritiesOf({
  organisations,
}: Pick<ConnectionProfile, 'organisations'>): ReadonlyMap<string, Authorities> {
  return new Map(
    organisations.map(({ mspId, rootCerts }) => [
      mspId,
      { roots: [new X509Certificate(rootCerts)], intermediates: [] },
    ]),
  );
}
