import { createHmac, hash } from 'node:crypto';

/** What a fingerprint stands for; part of the hashed text, so that ids of different kinds never meet. */
export type FingerprintKind =
  | 'fact'
  | 'firm'
  | 'claim'
  | 'application'
  | 'underlying'
  | 'link'
  | 'near'
  | 'container'
  | 'payment'
  | 'check-code'
  | 'opening'
  | 'payer'
  | 'authorisation'
  | 'query'
  | 'credit'
  | 'request'
  | 'offer'
  | 'check'
  | 'loan'
  | 'mandate'
  | 'exposure'
  | 'salt'
  | 'assignment'
  | 'objection'
  | 'consent'
  | 'debt'
  | 'consent-of'
  | 'reconciliation'
  | 'assignee'
  | 'shared-number'
  | 'assigned-limits'
  | 'indemnity'
  | 'verified'
  | 'mark'
  | 'mark-consent'
  | 'invoice-paid'
  | 'addressee'
  | 'awaited'
  | 'correction'
  | 'probing'
  | 'step';

/**
 * Kinds whose ids are made under the first key for good: what they hash nobody can guess (a random idempotency key, the
 * opaque id of a document), or the id is no key of the ledger. They need no look-up under several keys, and a command that
 * is repeated is the same however often keys were rotated since.
 */
const lasting: ReadonlySet<FingerprintKind> = new Set<FingerprintKind>([
  'claim',
  'payment',
  'check-code',
  'authorisation',
  'query',
  'credit',
  'request',
  'offer',
  'check',
  'loan',
  'mandate',
  'assignment',
  'objection',
  'consent',
  'debt',
  'reconciliation',
  'indemnity',
  'addressee',
  'correction',
  'step',
]);

/** Kinds whose ids are made once and never looked for: what they name is found through something else. */
const unsought: ReadonlySet<FingerprintKind> = new Set<FingerprintKind>(['underlying', 'salt', 'verified']);

/** A secret key of the registry. */
export interface FingerprintKey {
  /** Base64. */
  readonly key: string;
  /** Counts the keys that the registry has had. */
  readonly number: number;
}

/** What an id of this transaction was made of, and under which key. */
export interface Origin {
  readonly kind: FingerprintKind;
  readonly text: string;
  readonly number: number;
}

/**
 * Opaque ids under the registry's secret keys. A plain hash of a document number could be guessed by any member, so
 * ledger keys are HMACs. The newest key makes ids; older ones still find what was recorded before a rotation, until it has
 * got its id under the newest one.
 */
export class Fingerprints {
  readonly #keys: readonly { readonly secret: Buffer; readonly number: number }[];
  readonly #first: Buffer;
  readonly #origins: Map<string, Origin>;

  /**
   * @param keys newest first, at least one.
   * @param first the first key of the registry, base64.
   * @param origins gets the origin of every id that is made.
   */
  constructor(keys: readonly FingerprintKey[], first: string, origins = new Map<string, Origin>()) {
    this.#keys = keys.map(({ key, number }) => ({ secret: Buffer.from(key, 'base64'), number }));
    this.#first = Buffer.from(first, 'base64');
    this.#origins = origins;
  }

  /**
   * Every id that the text may have, under the newest key first.
   *
   * @throws Error when the fingerprints were made without keys.
   */
  candidates(kind: FingerprintKind, text: string): [newest: string, ...older: string[]] {
    if (lasting.has(kind)) return [idOf(this.#first, kind, text)];
    const ids = this.#keys.map(({ secret, number }) => {
      const id = idOf(secret, kind, text);
      if (!unsought.has(kind)) this.#origins.set(id, { kind, text, number });
      return id;
    });
    const [newest, ...older] = ids;
    if (newest === undefined) throw new Error('fingerprints need a key');
    return [newest, ...older];
  }
}

function idOf(secret: Buffer, kind: FingerprintKind, text: string): string {
  return createHmac('sha256', secret).update(`${kind}\n${text}`).digest('hex');
}

/** Hash of something that stays inside a private record, to recognise it again. */
export function digest(text: string): string {
  return hash('sha256', text, 'hex');
}
