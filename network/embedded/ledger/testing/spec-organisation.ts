import 'reflect-metadata';
import { KeyUsageFlags } from '@peculiar/x509';
import { issueRoot } from '../../../crypto/issue-root.js';
import { issueCertificate } from '../../../crypto/issue.js';
import { keyToPem, newKey, publicKeyOf } from '../../../crypto/keys.js';
import type { SigningIdentity } from '../../msp/identity.js';
import { openSigningIdentity } from '../../msp/signing-identity.js';
import type { OrganisationTrust } from '../../msp/organisation.js';

/** An organisation for specs: its own CA with real keys. */
export interface SpecOrganisation extends OrganisationTrust {
  readonly rootKey: ReturnType<typeof newKey>;
  /** Enrols somebody; `units` are the organisational units of the certificate. */
  enrol(name: string, ...units: string[]): Promise<Enrolled>;
}

export interface Enrolled extends SigningIdentity {
  readonly certificate: string;
  /** PKCS #8 PEM. */
  readonly privateKey: string;
}

const DAYS = 30;

export function specOrganisation(mspId: string, now = new Date()): SpecOrganisation {
  const rootKey = newKey();
  const rootCerts = issueRoot([{ CN: [`ca.${mspId}`] }], rootKey, now, 2 * DAYS);
  return {
    mspId,
    rootCerts,
    rootKey,
    async enrol(name, ...units) {
      const key = newKey();
      const certificate = await issueCertificate(
        { cert: rootCerts, key: rootKey },
        {
          subject: [...units.map((unit) => ({ OU: [unit] })), { CN: [name] }],
          publicKey: publicKeyOf(key),
          now,
          days: DAYS,
          usages: [KeyUsageFlags.digitalSignature],
        },
      );
      const privateKey = keyToPem(key);
      return { ...openSigningIdentity(mspId, certificate, privateKey), certificate, privateKey };
    },
  };
}
