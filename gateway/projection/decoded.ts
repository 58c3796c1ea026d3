import { addresseeOf, decodeRecord, type RecordKind } from '@pledgeonce/chaincode/ledger/records.js';

/** Texts of one kind whose meaning is kept: those of the blocks that are new. */
const mostKept = 1_000;

/** The kinds that are asked for; each keeps its own. */
const kinds = new WeakMap<object, (stored: string) => unknown>();

/**
 * The record that a text of the ledger holds, decoded once for all tables into which it goes, of every organisation that
 * this process serves. Whoever gets it shares it, and changes nothing in it.
 *
 * @throws Error when the record is damaged, or later than what this gateway knows.
 */
export function decoded<T>(kind: RecordKind<T>, stored: string): T {
  const known = kinds.get(kind) ?? once((text) => decodeRecord(kind, text));
  kinds.set(kind, known);
  return known(stored) as T;
}

/** Whose copy a stored record is; undefined for what the government keeps for itself. */
export const holderOf = once(addresseeOf);

/** Works out what a text means when it comes for the first time. */
function once<V>(work: (text: string) => V): (text: string) => V {
  const known = new Map<string, V>();
  return (text) => {
    if (known.has(text)) return known.get(text) as V;
    const value = work(text);
    known.set(text, value);
    const [oldest] = known.keys();
    if (known.size > mostKept && oldest !== undefined) known.delete(oldest);
    return value;
  };
}
