import { addresseeOf, decodeRecord, type RecordKind } from '@pledgeonce/chaincode/ledger/records.js';
import { Kept } from '../kept.js';

/** Texts of one kind whose meaning is kept: those of the blocks that are new. */
const mostKept = 1_000;

/** The kinds that are asked for; each keeps its own. */
const kinds = new WeakMap<object, Kept<unknown>>();
const holders = new Kept<string | undefined>(mostKept);

/**
 * The record that a text of the ledger holds, decoded once for all tables into which it goes, of every organisation that
 * this process serves. Whoever gets it shares it, and changes nothing in it.
 *
 * @throws Error when the record is damaged, or later than what this gateway knows.
 */
export function decoded<T>(kind: RecordKind<T>, stored: string): T {
  const known = kinds.get(kind) ?? new Kept(mostKept);
  kinds.set(kind, known);
  return known.of(stored, () => decodeRecord(kind, stored)) as T;
}

/** Whose copy a stored record is; undefined for what the government keeps for itself. */
export function holderOf(stored: string): string | undefined {
  return holders.of(stored, () => addresseeOf(stored));
}
