import { decodeFields, type RecordKind } from '@pledgeonce/chaincode/ledger/records.js';
import { Kept } from '../kept.js';

/**
 * Texts whose meaning is kept: those of the blocks that are new. Organisations of one process are a few blocks apart, and a
 * block of a book that is brought holds some hundred records.
 */
const mostKept = 4_000;

/** What is known of a text. */
interface Read {
  /** Its JSON. Whoever looks into it changes nothing. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** The record that it holds, by the kind as which it was asked for. */
  readonly records: Map<object, unknown>;
}

const texts = new Kept<Read>(mostKept);

function readText(stored: string): Read {
  return texts.of(stored, () => ({
    fields: JSON.parse(stored) as Record<string, unknown>,
    records: new Map(),
  }));
}

/**
 * The record that a text of the ledger holds, decoded once for all tables into which it goes, of every organisation that
 * this process serves. Whoever gets it shares it, and changes nothing in it.
 *
 * @throws Error when the record is damaged, or later than what this gateway knows.
 */
export function decoded<T>(kind: RecordKind<T>, stored: string): T {
  const { fields, records } = readText(stored);
  const known = records.get(kind) as T | undefined;
  if (known !== undefined) return known;
  const record = decodeFields(kind, fields);
  records.set(kind, record);
  return record;
}

/** Whose copy a stored record is; undefined for what the government keeps for itself. */
export function holderOf(stored: string): string | undefined {
  const { addressee } = readText(stored).fields;
  return typeof addressee === 'string' ? addressee : undefined;
}

/** Whether a stored record is its owner's own copy, which says all; others may hold shortened ones. */
export function isOwnersCopy(stored: string): boolean {
  const { addressee, owner } = readText(stored).fields;
  return addressee !== undefined && addressee === owner;
}
