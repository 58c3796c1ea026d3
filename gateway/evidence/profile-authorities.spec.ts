import { certify, newAuthority } from '@pledgeonce/chaincode/testing/authorities.js';
import type { OrganisationProfile } from '../ledger/connection-profile.js';
import { authoritiesOf, ownerOf } from './profile-authorities.js';

describe('the authorities of a connection profile', () => {
  const organisation = (mspId: string, rootCerts: string, signsAs?: string): OrganisationProfile => ({
    name: mspId.toLowerCase(),
    mspId,
    ...(signsAs !== undefined && { signsAs }),
    title: mspId,
    kind: 'bank',
    government: false,
    ca: { url: 'https://localhost:1', name: 'ca', tlsRootCerts: rootCerts },
    rootCerts,
  });

  it('are one for each MSP, or one for each member that shares one, and tell whose somebody is', async () => {
    const [a, c, d] = [await newAuthority(), await newAuthority(), await newAuthority()];
    const profile = {
      organisations: [
        organisation('BankAMSP', a.certificate, 'BankAMSP'),
        organisation('BankCMSP', c.certificate, 'MembersMSP'),
        organisation('BankDMSP', d.certificate, 'MembersMSP'),
      ],
    };
    const roots = [...authoritiesOf(profile)].map(([mspId, known]) => [mspId, known.roots.length]);
    expect(roots).toEqual([
      ['BankAMSP', 1],
      ['MembersMSP', 2],
    ]);
    const owner = async (mspId: string, authority: typeof a) =>
      ownerOf(profile, { mspId, certificate: await certify(authority, 'officer') });
    expect(await owner('MembersMSP', d)).toBe('BankDMSP');
    expect(await owner('BankAMSP', a)).toBe('BankAMSP');
    expect(await owner('MembersMSP', a)).toBe('MembersMSP');
  });
});
