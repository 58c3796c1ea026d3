import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Limits, OrganisationConfig } from '../config.js';
import { signingMspOf, type OrganisationProfile } from '../ledger/connection-profile.js';
import type { Signatory } from '../ledger/signatory.js';
import { signingBy, type Signing } from '../ledger/signing.js';
import { KeptSessions } from '../people/kept-sessions.js';
import { CertificateAuthority } from '../people/certificate-authority.js';
import { ServiceIdentities } from '../people/service-identity.js';
import type { Session } from '../people/session-store.js';
import { SessionStore } from '../people/session-store.js';
import { IdentityStore } from '../people/wallet.js';
import type { Identity } from '../people/wallet.js';
import { Pkcs11Token } from '../tokens/pkcs11-token.js';
import type { CleanUps } from './clean-ups.js';
import type { Places } from './places.js';

const minute = 60_000;
const hour = 60 * minute;

/** The certificate authority of an organisation, and the wallets of people and of the gateway itself. */
export interface Wallets {
  readonly authority: CertificateAuthority;
  readonly identities: IdentityStore;
  readonly services: ServiceIdentities;
  /** How a key of the wallets signs, wherever it lies. */
  readonly signingOf: (privateKey: string) => Signing;
}

export interface WalletParts {
  readonly config: OrganisationConfig;
  readonly organisation: OrganisationProfile;
  readonly masterKey: Uint8Array;
  readonly places: Pick<Places, 'shelf'>;
  readonly log: Logger;
}

/** @throws Error when the registrar's secret cannot be read, or the token of the configuration cannot be used. */
export async function openWallets(
  { config, organisation, masterKey, places, log }: WalletParts,
  cleanUps: CleanUps,
): Promise<Wallets> {
  const { stateDir, registrar, token: tokenConfig } = config;
  const token = tokenConfig === undefined ? undefined : await Pkcs11Token.open(tokenConfig);
  if (token !== undefined) cleanUps.add(() => token.close());
  const mspId = signingMspOf(organisation);
  const authority = new CertificateAuthority({ ...organisation.ca, mspId, ...(token && { token }) });
  const secret = (await readFile(registrar.secretFile, 'utf8')).trim();
  // Of this installation alone, replica or not: each has technical identities of its own.
  const own = new IdentityStore(join(stateDir, 'service'), masterKey);
  const services = new ServiceIdentities(own, authority, { id: registrar.id, secret }, log);
  const identities = new IdentityStore(places.shelf('wallet'), masterKey);
  return { authority, services, identities, signingOf: signingBy(token) };
}

/** Who is signed in, and how each of them signs. */
export interface SignedIn {
  readonly sessions: SessionStore;
  readonly signatoryOf: (session: Session) => Signatory;
}

export interface SessionParts {
  readonly limits: Limits;
  readonly places: Pick<Places, 'sessions'>;
  readonly masterKey: Uint8Array;
  readonly log: Logger;
}

/** @param ended Told of every session that ends, so that nothing goes on in its name. */
export async function keepSessions(
  { limits, places, masterKey, log }: SessionParts,
  signatory: (identity: Identity) => Signatory,
  ended: (session: Session) => void,
  cleanUps: CleanUps,
): Promise<SignedIn> {
  const signatories = new Map<string, Signatory>();
  const shared = places.sessions?.();
  const kept = shared === undefined ? undefined : await KeptSessions.open(shared, masterKey, log);
  const sessions = new SessionStore(
    { idleMs: limits.sessionIdleMinutes * minute, mostMs: limits.sessionHours * hour },
    (session) => {
      ended(session);
      signatories.get(session.id)?.retire();
      signatories.delete(session.id);
    },
    Date.now,
    kept,
  );
  cleanUps.add(() => {
    sessions.endAll();
  });
  const signatoryOf = (session: Session): Signatory => {
    const present = signatories.get(session.id);
    if (present !== undefined) return present;
    const opened = signatory(session.identity);
    signatories.set(session.id, opened);
    return opened;
  };
  return { sessions, signatoryOf };
}
