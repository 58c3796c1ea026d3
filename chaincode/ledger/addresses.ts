import type { RecordKind } from './records.js';

/** Where a record lies and of what kind it is. */
export interface Address<T> {
  /** Undefined: the public state. */
  readonly collection: string | undefined;
  readonly key: string;
  readonly kind: RecordKind<T>;
  /** The public key that is there exactly when the private record is: it tells without private data that there is none. */
  readonly shownBy?: string;
}

/** Tells an address from every other. */
export function nameOf({ collection, key }: Address<never> | Address<unknown>): string {
  return `${collection ?? ''} ${key}`;
}

/** The collection of the three government nodes. */
export const registry = 'registry';

/** The collection of one organisation and the government nodes, which have none for themselves: theirs is the registry. */
export const partyCollection = (mspId: string) => `party-${mspId}`;

/** The address of a record. */
export function at<T>(collection: string | undefined, key: string, kind: RecordKind<T>): Address<T> {
  return { collection, key, kind };
}

/** The address of a private record that is written together with a public one, and never without it. */
export function shownBy<T>(shown: Address<unknown>, address: Address<T>): Address<T> {
  return { ...address, shownBy: shown.key };
}
