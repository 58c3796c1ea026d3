import { isIssuedBy } from '@pledgeonce/chaincode/rules/authority-certificate.js';
import { signingMspOf, type ConnectionProfile } from '../ledger/connection-profile.js';
import { type Authorities, LazyAuthorities } from './authorities.js';

/** The root certificates that a connection profile names, by MSP id: whom its reader trusts. Members may share an MSP. */
export function authoritiesOf({
  organisations,
}: Pick<ConnectionProfile, 'organisations'>): ReadonlyMap<string, Authorities> {
  const byMsp = new Map<string, string[]>();
  for (const organisation of organisations) {
    const msp = signingMspOf(organisation);
    byMsp.set(msp, [...(byMsp.get(msp) ?? []), organisation.rootCerts]);
  }
  return new Map([...byMsp].map(([msp, roots]) => [msp, new LazyAuthorities(msp, roots)]));
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
