import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OrganisationConfig } from '../config.js';
import { signingMspOf, type OrganisationProfile } from '../ledger/connection-profile.js';
import { CertificateAuthority } from './certificate-authority.js';
import { readCertificate } from './certificate.js';
import { IdentityStore } from './wallet.js';

/**
 * Ends the lock on the registrar's secret, with the certificate that the gateway still holds: whoever guesses at the
 * certificate authority's own door can lock the secret, not the key.
 *
 * @throws Error when the gateway holds no valid certificate of the registrar.
 */
export async function unlockRegistrar(
  { stateDir, registrar }: OrganisationConfig,
  organisation: OrganisationProfile,
  masterKey: Uint8Array,
): Promise<void> {
  const identity = await new IdentityStore(join(stateDir, 'service'), masterKey).open('registrar', '');
  if (identity === undefined || readCertificate(identity.certificate).notAfter.getTime() <= Date.now()) {
    throw new Error(
      'This gateway holds no valid certificate of the registrar. Whoever runs the certificate authority has to set the secret anew.',
    );
  }
  const secret = (await readFile(registrar.secretFile, 'utf8')).trim();
  const authority = new CertificateAuthority({ ...organisation.ca, mspId: signingMspOf(organisation) });
  await authority.setSecret(registrar.id, secret, identity);
}
