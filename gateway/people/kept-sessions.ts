import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { OrganisationKind } from '@pledgeonce/chaincode/permissions.js';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { DurableStore } from '../storage/durable-store.js';
import { personRoles } from './person-record.js';
import type { Session, SessionKeeper } from './session-store.js';

const sealedSchema = z.strictObject({ nonce: z.base64(), tag: z.base64(), data: z.base64() });
type Sealed = z.infer<typeof sealedSchema>;

const recordSchema = z.strictObject({
  person: z.strictObject({
    id: z.string(),
    mspId: z.string(),
    // The organisation's own, which does not change.
    kind: z.string().transform((kind) => kind as OrganisationKind),
    role: z.enum(personRoles),
    uscc: z.string().optional(),
  }),
  mspId: z.string(),
  certificate: z.string(),
  key: sealedSchema,
  startedAt: z.number(),
  endsAt: z.number(),
  lastUsedAt: z.number(),
  address: z.string().optional(),
  machine: z
    .strictObject({ kid: z.string(), scopes: z.array(z.string()), boundTo: z.string().optional() })
    .optional(),
});
type Kept = z.infer<typeof recordSchema>;

/**
 * Sessions where replicas share them, so that whoever is signed in stays so when another replica takes over. The private key
 * lies there sealed under the session's token and the key of the gateway's hosts together: the token is with its holder
 * alone, here is only its hash, so neither the database nor the hosts open anything before the holder comes back.
 */
export class KeptSessions implements SessionKeeper {
  readonly #store: DurableStore;
  readonly #masterKey: Uint8Array;
  readonly #log: Pick<Logger, 'warn'>;
  readonly #kept = new Map<string, Kept>();

  private constructor(store: DurableStore, masterKey: Uint8Array, log: Pick<Logger, 'warn'>) {
    this.#store = store;
    this.#masterKey = masterKey;
    this.#log = log;
  }

  /** Reads what the replica has left that served before. */
  static async open(
    store: DurableStore,
    masterKey: Uint8Array,
    log: Pick<Logger, 'warn'>,
  ): Promise<KeptSessions> {
    const opened = new KeptSessions(store, masterKey, log);
    for await (const [id, value] of store.entries('')) {
      const read = recordSchema.safeParse(value);
      // Of another version: whoever has it signs in again.
      if (read.success) opened.#kept.set(id, read.data);
      else await store.delete(id);
    }
    return opened;
  }

  get found(): readonly Session[] {
    return [...this.#kept].map(([id, kept]) => sessionOf(id, kept));
  }

  keep(token: string, session: Session): void {
    const { id, identity, startedAt, endsAt, lastUsedAt, address, machine } = session;
    const person = recordSchema.shape.person.safeParse(session.person);
    // Of somebody who cannot stay signed in anyway.
    if (!person.success) return;
    this.#put(id, {
      person: person.data,
      mspId: identity.mspId,
      certificate: identity.certificate,
      key: this.#seal(id, token, identity.privateKey),
      startedAt,
      endsAt,
      lastUsedAt,
      ...(address !== undefined && { address }),
      ...(machine !== undefined && { machine: { ...machine, scopes: [...machine.scopes] } }),
    });
  }

  used({ id, lastUsedAt }: Session): void {
    const kept = this.#kept.get(id);
    if (kept !== undefined) this.#put(id, { ...kept, lastUsedAt });
  }

  forget(id: string): void {
    if (!this.#kept.delete(id)) return;
    this.#store.delete(id).catch((error: unknown) => {
      this.#log.warn({ err: error }, 'the end of a session was not kept');
    });
  }

  open(id: string, token: string): string | undefined {
    const kept = this.#kept.get(id);
    return kept === undefined ? undefined : this.#unseal(id, token, kept.key);
  }

  /** Not waited for: what a sign-in writes to the log of people afterwards is there no earlier than this. */
  #put(id: string, kept: Kept): void {
    this.#kept.set(id, kept);
    this.#store.put(id, kept).catch((error: unknown) => {
      this.#log.warn({ err: error }, 'a session was not kept for the other replicas');
    });
  }

  #seal(id: string, token: string, privateKey: string): Sealed {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#keyOf(token), nonce);
    cipher.setAAD(Buffer.from(id));
    const data = Buffer.concat([cipher.update(privateKey, 'utf8'), cipher.final()]);
    const text = (bytes: Buffer) => bytes.toString('base64');
    return { nonce: text(nonce), tag: text(cipher.getAuthTag()), data: text(data) };
  }

  /** @returns undefined where it was sealed under another key of the hosts, or altered. */
  #unseal(id: string, token: string, { nonce, tag, data }: Sealed): string | undefined {
    const bytes = (text: string) => Buffer.from(text, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', this.#keyOf(token), bytes(nonce), { authTagLength: 16 });
    decipher.setAAD(Buffer.from(id));
    decipher.setAuthTag(bytes(tag));
    try {
      return Buffer.concat([decipher.update(bytes(data)), decipher.final()]).toString('utf8');
    } catch {
      return undefined;
    }
  }

  /** A token is 256 random bits, so nobody guesses it and no work has to be made of it. */
  #keyOf(token: string): Buffer {
    return Buffer.from(hkdfSync('sha256', token, this.#masterKey, 'pledgeonce session', 32));
  }
}

function sessionOf(id: string, { person, mspId, certificate, machine, ...kept }: Kept): Session {
  const { uscc, ...whom } = person;
  return {
    id,
    person: { ...whom, ...(uscc !== undefined && { uscc }) },
    identity: { mspId, certificate, privateKey: '' },
    startedAt: kept.startedAt,
    address: kept.address,
    ...(machine !== undefined && { machine: machineOf(machine) }),
    endsAt: kept.endsAt,
    lastUsedAt: kept.lastUsedAt,
  };
}

function machineOf({ kid, scopes, boundTo }: NonNullable<Kept['machine']>): NonNullable<Session['machine']> {
  return { kid, scopes: new Set(scopes), ...(boundTo !== undefined && { boundTo }) };
}
