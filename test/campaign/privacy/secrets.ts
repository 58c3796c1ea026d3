import type { Seeded } from '../seeded.js';

/**
 * What is used in a run and who may have it, besides the three government nodes, which hold the registry: the table that
 * docs/threat-model.md states in words. `recorder` is whoever records a document, `bank` whoever claims or pays, `other` the bank
 * that verifies the same document or takes the claim over, `portal` the gateway of the enterprise whose trade it is.
 */
export const mayHave = {
  'number of a document': ['recorder', 'bank', 'other', 'portal'],
  'total of a document': ['recorder', 'bank', 'other', 'portal'],
  'name of a firm': ['recorder', 'portal'],
  'id of a buyer': ['recorder', 'portal'],
  'amount of a claim': ['bank', 'portal'],
  'amount of a claim that was handed over': ['bank', 'other', 'portal'],
  'application number': ['bank', 'portal'],
  'application number of a claim that was handed over': ['bank', 'other', 'portal'],
  'application number of whoever took over': ['other', 'portal'],
  'reason of a rejection': ['bank', 'portal'],
  'reason of an amendment': ['recorder', 'bank', 'portal'],
  'check code': ['recorder', 'bank'],
  'reference of a payment': ['bank', 'portal'],
  'payee of a payment': ['bank', 'portal'],
  'amount of a payment': ['bank', 'portal'],
  'purpose of an authorisation': ['bank', 'portal'],
  'credit record': ['bank', 'portal'],
  'purpose of a financing request': ['bank', 'other', 'portal'],
  'amount of an offer': ['bank', 'portal'],
  'policy number': ['recorder', 'portal'],
  'idempotency key': ['bank'],
  'person of an organisation': ['bank'],
  'code of an invitation': [],
  'secret of a person': [],
  'token of a session': [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Kind = keyof typeof mayHave;
type Role = 'recorder' | 'bank' | 'other' | 'portal';
/** Who plays which part where a value is used. */
export type Parts = Readonly<Partial<Record<Role, string>>>;

/** What not even the government's programs keep anywhere. */
const nobodys: ReadonlySet<Kind> = new Set([
  'code of an invitation',
  'secret of a person',
  'token of a session',
]);
/** What is an organisation's own affair: the government's copy of the registry has no place for it. */
const ownAffairs: ReadonlySet<Kind> = new Set(['person of an organisation', 'idempotency key']);
const government = ['CustomsMSP', 'TaxMSP', 'RegulatorMSP'];

/** A value that was used, and the organisations that may have it. */
export interface Secret {
  readonly kind: Kind;
  readonly value: string;
  readonly knownTo: ReadonlySet<string>;
}

/** Remembers everything that a run has used. */
export class SecretBook {
  readonly #secrets = new Map<string, Secret>();

  /** @returns the value, so that it can be remembered where it is used. */
  keep(kind: Kind, value: string, parts: Parts = {}): string {
    const roles: readonly Role[] = mayHave[kind];
    const members = roles.flatMap((role) => parts[role] ?? []);
    const known = this.#secrets.get(value)?.knownTo ?? [];
    const authorities = nobodys.has(kind) || ownAffairs.has(kind) ? [] : government;
    this.#secrets.set(value, { kind, value, knownTo: new Set([...known, ...members, ...authorities]) });
    return value;
  }

  get all(): readonly Secret[] {
    return [...this.#secrets.values()];
  }

  /** What an organisation has no right to. */
  keptFrom(msp: string): readonly Secret[] {
    return this.all.filter(({ knownTo }) => !knownTo.has(msp));
  }
}

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ';

/** Values that nothing else can contain by chance, however much is searched. */
export class Unmistakable {
  readonly #used = new Set<string>();

  constructor(readonly seeded: Seeded) {}

  /** Twelve letters, none of which is read as a digit: 24^12. */
  word(): string {
    return this.#once(() => Array.from({ length: 12 }, () => this.seeded.pick(Array.from(letters))).join(''));
  }

  digits(count: number): string {
    return this.#once(() =>
      [this.seeded.below(9) + 1, ...Array.from({ length: count - 1 }, () => this.seeded.below(10))].join(''),
    );
  }

  /** Twelve digits before the point, so that all of them together are no number that anything else has; the least and the most. */
  amount(least: number, most: number): string {
    return this.#once(() => {
      const whole = least * 1_000 + this.seeded.below((most - least) * 1_000);
      return `${whole}${String(this.seeded.below(1_000_000)).padStart(6, '0')}.${this.seeded.below(90) + 10}`;
    });
  }

  #once(make: () => string): string {
    for (;;) {
      const value = make();
      if (this.#used.has(value)) continue;
      this.#used.add(value);
      return value;
    }
  }
}
