import { randomBytes } from 'node:crypto';
import { readCertificate } from './certificate.js';
import type { PeopleRegister } from './people-register.js';
import type { IdentityStore } from './wallet.js';

/**
 * Takes over the identities of a wallet folder that another Fabric application wrote (`<label>.id` in clear).
 * Each gets a new secret, which its person needs to sign in; the source is left as it is.
 *
 * @returns the new secrets by enrolment id, to be handed to the people. They are kept nowhere.
 */
export async function importWallet(
  folder: string,
  store: IdentityStore,
  register: PeopleRegister,
): Promise<Map<string, string>> {
  const { Wallets } = await import('fabric-network');
  const source = await Wallets.newFileSystemWallet(folder);
  const secrets = new Map<string, string>();
  for (const label of await source.list()) {
    const identity = await source.get(label);
    if (identity === undefined || !('credentials' in identity)) continue;
    const { certificate, privateKey } = identity.credentials as { certificate: string; privateKey: string };
    const { enrolmentId, role, uscc, notAfter } = readCertificate(certificate);
    const secret = randomBytes(18).toString('base64url');
    await store.save(enrolmentId, secret, { mspId: identity.mspId, certificate, privateKey });
    if (role !== undefined && role !== 'service') {
      await register.put({
        id: enrolmentId,
        role,
        ...(uscc === undefined ? {} : { uscc }),
        state: 'active',
        since: new Date().toISOString(),
        secretAt: 'gateway',
        version: (register.find(enrolmentId)?.version ?? 0) + 1,
        errands: [],
        certificateEndsAt: notAfter.toISOString(),
        wrongAtAuthority: 0,
        requests: [],
      });
    }
    secrets.set(enrolmentId, secret);
  }
  return secrets;
}
