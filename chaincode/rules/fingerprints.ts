import { createHash, createHmac } from 'node:crypto';

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
  | 'assignee'
  | 'assigned-limits'
  | 'indemnity';

/**
 * Opaque ids under the registry's secret keys. A plain hash of a document number could be guessed by any member, so
 * ledger keys are HMACs. The newest key makes ids; older ones still find what was recorded before a rotation.
 */
export class Fingerprints {
  readonly #keys: readonly Buffer[];

  /** @param keys base64, newest first, at least one. */
  constructor(keys: readonly string[]) {
    this.#keys = keys.map((key) => Buffer.from(key, 'base64'));
  }

  /** Every id that the text may have, under the newest key first. */
  candidates(kind: FingerprintKind, text: string): [newest: string, ...older: string[]] {
    const ids = this.#keys.map((key) => createHmac('sha256', key).update(`${kind}\n${text}`).digest('hex'));
    const [newest, ...older] = ids;
    if (newest === undefined) throw new Error('fingerprints need a key');
    return [newest, ...older];
  }
}

/** Hash of something that stays inside a private record, to recognise it again. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
