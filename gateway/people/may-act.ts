import { wordOf } from './authority-word.js';
import type { AuthorityWord, HeldCertificate, Holder } from './authority-word.js';
import { readCertificate } from './certificate.js';
import type { PersonState } from './person-record.js';
import type { Session, SessionStore } from './session-store.js';
import { refusalOf } from './standing.js';
import type { Door, Refusal } from './standing.js';
import type { Identity } from './wallet.js';

/** The one question. Cheap: it looks at what is in memory, so every request, heartbeat and batch can ask it. */
export type MayAct = (session: Session, door?: Door) => Refusal | 'signed-out' | undefined;

/** Where it stands who belongs to the organisation: its people, and its machines. */
export interface Standings {
  find(id: string): (Holder & { readonly state: PersonState }) | undefined;
}

/** Answers from the sessions, the register and the last word of certificate authority and channel. */
export function mayActBy(
  sessions: Pick<SessionStore, 'isLive'>,
  register: Standings,
  said: () => { readonly word: AuthorityWord; readonly revoked: ReadonlySet<string> },
  clock: () => number = Date.now,
): MayAct {
  return (session, door = 'request') => {
    if (!sessions.isLive(session)) return 'signed-out';
    const record = register.find(session.person.id);
    if (record === undefined) return 'unknown';
    const { word, revoked } = said();
    const certificate = wordOf(word, revoked, record, heldCertificate(session.identity), clock());
    return refusalOf({ state: record.state, certificate }, door);
  };
}

const read = new WeakMap<Identity, HeldCertificate>();

/** What counts of a certificate, read once for each identity that was opened. */
export function heldCertificate(identity: Identity): HeldCertificate {
  const known = read.get(identity);
  if (known !== undefined) return known;
  const { serial, role, uscc, notAfter } = readCertificate(identity.certificate);
  const held = { serial, role, uscc, endsAt: notAfter.getTime() };
  read.set(identity, held);
  return held;
}
