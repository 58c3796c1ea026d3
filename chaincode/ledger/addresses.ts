import type { KeyedKind, RecordKind } from './records.js';

type Lettered = Pick<KeyedKind<never>, 'letters'>;

/** Where a record lies and of what kind it is. */
export interface Address<T> {
  /** Undefined: the public state. */
  readonly collection: string | undefined;
  readonly key: string;
  readonly kind: RecordKind<T>;
  /** Whose copy it is: on the ledger the key bears a tag that tells nobody but them and the government whom it concerns. */
  readonly addressee?: string;
  /** The public key that is there exactly when the private record is: it tells without private data that there is none. */
  readonly shownBy?: string;
}

/** Tells an address from every other. */
export function nameOf({ collection, key, addressee }: Address<never> | Address<unknown>): string {
  return [collection ?? '', key, ...(addressee === undefined ? [] : [addressee])].join(' ');
}

/** The one private collection, of the three government nodes. */
export const registry = 'registry';

/**
 * The address of a record.
 *
 * @param parts what tells it from others of its kind: its id, and the version; nothing where there is one only.
 */
export function at<T>(
  collection: string | undefined,
  kind: KeyedKind<T>,
  ...parts: readonly (string | number)[]
): Address<T> {
  return { collection, key: keyOf(kind, ...parts), kind };
}

/** The address of an organisation's own copy of a record. */
export function copyOf<T>(
  holder: string,
  kind: KeyedKind<T>,
  ...parts: readonly (string | number)[]
): Address<T> {
  return { ...at(registry, kind, ...parts), addressee: holder };
}

/** The key of a record, wherever it lies; that of a copy without its tag. */
export function keyOf({ letters }: Lettered, ...parts: readonly (string | number)[]): string {
  return [letters, ...parts].join('~');
}

/** What a key says: the letters of its kind of record, whose record it is, and the version, where there are several. */
export function readKey(key: string): {
  letters: string;
  id: string | undefined;
  version: string | undefined;
} {
  const [letters = '', id, version] = key.split('~');
  return { letters, id, version };
}

/** The address of a private record that is written together with a public one, and never without it. */
export function shownBy<T>(shown: Address<unknown>, address: Address<T>): Address<T> {
  return { ...address, shownBy: shown.key };
}
