import { X509Certificate } from 'node:crypto';
import { isIssuedBy } from '@pledgeonce/chaincode/rules/authority-certificate.js';
import { signingMspOf, type ConnectionProfile } from '../ledger/connection-profile.js';
import type { Authorities } from './channel-configuration.js';

/** The root certificates that a connection profile names, by MSP id: whom its reader trusts. Members may share an MSP. */
export function authoritiesOf({
  organisations,
}: Pick<ConnectionProfile, 'organisations'>): ReadonlyMap<string, Authorities> {
  const byMsp = new Map<string, { readonly roots: X509Certificate[]; readonly intermediates: [] }>();
  for (const organisation of organisations) {
    const msp = signingMspOf(organisation);
    const known = byMsp.get(msp) ?? { roots: [], intermediates: [] };
    known.roots.push(new X509Certificate(organisation.rootCerts));
    byMsp.set(msp, known);
  }
  return byMsp;
}

/** Whose certificate (PEM) it is: of those who share an MSP the one whose authority has signed it. */
export function ownerOf(
  { organisations }: Pick<ConnectionProfile, 'organisations'>,
  { mspId, certificate }: { readonly mspId: string; readonly certificate: string },
): string {
  const owner = organisations.find(
    (one) => signingMspOf(one) === mspId && (one.mspId === mspId || isIssuedBy(certificate, one.rootCerts)),
  );
  return owner?.mspId ?? mspId;
}
