import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Handle } from 'pkcs11js';
import { toLowS } from '@pledgeonce/chaincode/low-s.js';
import { readReference, referenceTo } from './key-reference.js';
import type { TokenConfig } from './token-config.js';
import { loadLibrary, TokenError, type LoadedLibrary } from './token-library.js';

/** The curve P-256, as a token is told of it: the object identifier in DER. */
const p256 = Buffer.from('06082a8648ce3d030107', 'hex');
/** What stands before the point of a public key on P-256 in its SubjectPublicKeyInfo. */
const spkiHead = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex');
const signatureBytes = 64;

/** A key that a token has made. */
export interface TokenKey {
  /** By which the wallet names it. */
  readonly reference: string;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Buffer;
}

/** Makes keys that never leave the token, and signs with them. */
export class Pkcs11Token {
  readonly #label: string;
  readonly #library: LoadedLibrary;
  readonly #slot: Handle;
  readonly #sessions: readonly Session[];
  readonly #handles = new Map<string, Handle>();

  private constructor(label: string, library: LoadedLibrary, slot: Handle, sessions: readonly Session[]) {
    this.#label = label;
    this.#library = library;
    this.#slot = slot;
    this.#sessions = sessions;
  }

  /**
   * Opens the token and signs in to it.
   *
   * @throws TokenError when there is no such token, or the PIN is another one.
   */
  static async open({ library, label, pinFile, sessions }: TokenConfig): Promise<Pkcs11Token> {
    const pin = (await readFile(pinFile, 'utf8')).trim();
    const loaded = await loadLibrary(library);
    const { calls, names } = loaded;
    const slot = calls.C_GetSlotList(true).find((one) => calls.C_GetTokenInfo(one).label.trim() === label);
    if (slot === undefined) throw new TokenError(`There is no token with the label ${label}.`);
    const flags = names.CKF_SERIAL_SESSION | names.CKF_RW_SESSION;
    const opened = Array.from({ length: sessions }, () => new Session(calls.C_OpenSession(slot, flags)));
    try {
      const [first] = opened;
      // Whoever signs in once does so for all sessions of the process.
      if (first !== undefined) calls.C_Login(first.handle, names.CKU_USER, pin);
    } catch (cause) {
      if (!isAlreadyIn(cause, loaded)) {
        for (const { handle } of opened) calls.C_CloseSession(handle);
        throw new TokenError(`The token ${label} does not take the PIN of ${pinFile}.`, { cause });
      }
    }
    return new Pkcs11Token(label, loaded, slot, opened);
  }

  /** A key pair on P-256, whose private part nobody can read. */
  async makeKey(): Promise<TokenKey> {
    const { calls, names } = this.#library;
    const id = randomBytes(20);
    const common = [
      { type: names.CKA_TOKEN, value: true },
      { type: names.CKA_ID, value: id },
      { type: names.CKA_LABEL, value: 'pledgeonce' },
    ];
    return this.#free().run((session) => {
      const pair = calls.C_GenerateKeyPair(
        session,
        { mechanism: names.CKM_EC_KEY_PAIR_GEN },
        [...common, { type: names.CKA_EC_PARAMS, value: p256 }, { type: names.CKA_VERIFY, value: true }],
        [
          ...common,
          { type: names.CKA_PRIVATE, value: true },
          { type: names.CKA_SENSITIVE, value: true },
          { type: names.CKA_EXTRACTABLE, value: false },
          { type: names.CKA_SIGN, value: true },
        ],
      );
      const [point] = calls.C_GetAttributeValue(session, pair.publicKey, [{ type: names.CKA_EC_POINT }]);
      // An OCTET STRING around the point; some tokens leave the wrapping away.
      const bytes = Buffer.from(point?.value as Buffer).subarray(-65);
      const reference = referenceTo(this.#label, id);
      this.#handles.set(reference, pair.privateKey);
      return Promise.resolve({ reference, publicKey: Buffer.concat([spkiHead, bytes]) });
    });
  }

  /**
   * Signs what the message is hashed to by SHA-256.
   *
   * @returns r and the lower s, 32 bytes each, as IEEE P1363 has it.
   * @throws TokenError when the token has no such key.
   */
  async sign(reference: string, message: Uint8Array): Promise<Uint8Array> {
    const { calls, names } = this.#library;
    const digest = createHash('sha256').update(message).digest();
    return this.#free().run(async (session) => {
      calls.C_SignInit(session, { mechanism: names.CKM_ECDSA }, this.#find(session, reference));
      return toLowS(await calls.C_SignAsync(session, digest, Buffer.alloc(signatureBytes)));
    });
  }

  /** The same at once, for what cannot wait: in a session of its own, because the others may be at work. @throws TokenError */
  signAtOnce(reference: string, message: Uint8Array): Uint8Array {
    const { calls, names } = this.#library;
    const session = calls.C_OpenSession(this.#slot, names.CKF_SERIAL_SESSION);
    try {
      calls.C_SignInit(session, { mechanism: names.CKM_ECDSA }, this.#find(session, reference));
      const digest = createHash('sha256').update(message).digest();
      return toLowS(calls.C_Sign(session, digest, Buffer.alloc(signatureBytes)));
    } finally {
      calls.C_CloseSession(session);
    }
  }

  /** Ends the sessions, once what they sign is signed. */
  async close(): Promise<void> {
    const { calls } = this.#library;
    await Promise.all(
      this.#sessions.map((one) =>
        one.run((session) => {
          calls.C_CloseSession(session);
          return Promise.resolve();
        }),
      ),
    );
  }

  /** The one with the shortest queue. */
  #free(): Session {
    return this.#sessions.reduce((best, one) => (one.waiting < best.waiting ? one : best));
  }

  #find(session: Handle, reference: string): Handle {
    const known = this.#handles.get(reference);
    if (known !== undefined) return known;
    const { calls, names } = this.#library;
    const { label, id } = readReference(reference);
    if (label !== this.#label)
      throw new TokenError(`The key is in the token ${label}, not in ${this.#label}.`);
    calls.C_FindObjectsInit(session, [
      { type: names.CKA_CLASS, value: names.CKO_PRIVATE_KEY },
      { type: names.CKA_ID, value: id },
    ]);
    try {
      const [found] = calls.C_FindObjects(session, 1);
      if (found === undefined) throw new TokenError(`The token ${label} has no such key.`);
      this.#handles.set(reference, found);
      return found;
    } finally {
      calls.C_FindObjectsFinal(session);
    }
  }
}

/** A session does one thing at a time; what comes meanwhile waits. */
class Session {
  readonly handle: Handle;
  waiting = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(handle: Handle) {
    this.handle = handle;
  }

  async run<T>(work: (session: Handle) => Promise<T>): Promise<T> {
    this.waiting += 1;
    const result = this.#last.then(() => work(this.handle));
    this.#last = result.catch(() => undefined);
    try {
      return await result;
    } finally {
      this.waiting -= 1;
    }
  }
}

function isAlreadyIn(error: unknown, { names }: LoadedLibrary): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === names.CKR_USER_ALREADY_LOGGED_IN
  );
}
