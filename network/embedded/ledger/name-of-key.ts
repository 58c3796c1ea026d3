import { keys } from './keys.js';

/** What lies under a key of the disk, in words, and the block that wrote it where key or record tell. */
export interface NamedKey {
  readonly what: string;
  readonly block: number | undefined;
}

const NUL = 0;

/** Names what lies under a key; the record, which may be damaged itself, is only a hint at the block. */
export function nameOfKey(key: Buffer, record: Buffer | undefined): NamedKey {
  const rest = key.subarray(1);
  const fields = (count: number): string => partsOf(rest, count).map(shown).join('/');
  switch (String.fromCharCode(key[0] ?? NUL)) {
    case 'b':
      return { what: 'a block', block: numberAt(rest, 0) };
    case 'h':
      return { what: 'the index of blocks by hash', block: record && numberAt(record, 0) };
    case 't':
      return {
        what: `the index entry of transaction ${shown(rest)}`,
        block: record && numberAt(record, 0),
      };
    case 's':
      return { what: `the value of ${fields(2)}`, block: record && numberAt(record, 0) };
    case 'y':
      return { what: `the hash of a private value of ${fields(2)}`, block: record && numberAt(record, 0) };
    case 'q':
      return { what: `the private value ${fields(3)}`, block: record && numberAt(record, 0) };
    case 'v':
      return {
        what: `the history of a key of ${fields(1)}`,
        block: key.length > 11 ? numberAt(key, key.length - 10) : undefined,
      };
    case 'u':
      return { what: 'the private write sets', block: numberAt(rest, 0) };
    case 'x':
      return { what: 'the list of what expires', block: numberAt(rest, 6) };
    case 'n':
      return { what: 'what an endorsement has left', block: undefined };
    default:
      return {
        what: key.equals(keys.tip()) ? 'the record of the last block' : 'an unknown record',
        block: undefined,
      };
  }
}

function numberAt(bytes: Buffer, at: number): number | undefined {
  return at >= 0 && at + 6 <= bytes.length ? bytes.readUIntBE(at, 6) : undefined;
}

/** The fields that a NUL ends, and as the last one whatever follows. */
function partsOf(bytes: Buffer, count: number): Buffer[] {
  const parts: Buffer[] = [];
  let start = 0;
  while (parts.length < count - 1) {
    const end = bytes.indexOf(NUL, start);
    if (end < 0) break;
    parts.push(bytes.subarray(start, end));
    start = end + 1;
  }
  const last = bytes.subarray(start);
  const end = count === 1 ? last.indexOf(NUL) : -1;
  return [...parts, end < 0 ? last : last.subarray(0, end)];
}

/** Keys are bytes that anybody chose: only what a terminal shows as it is stays as it is. */
function shown(bytes: Buffer): string {
  return bytes
    .toString('utf8')
    .replaceAll(/[^\x20-\x7e]/g, '·')
    .slice(0, 120);
}
