import { readZip } from '@pledgeonce/gateway/documents/zip-entries.js';
import { writeZip } from '@pledgeonce/gateway/documents/write-zip.js';
import type { Seeded } from '../seeded.js';

/** What readers of text stumble over. */
const words = [
  ...['"', "'", ',', ';', '\t', '\r', '\n', '\r\n', '\0', '\uFEFF', '\u202E', '\uFFFF', '𝟙', '٣', 'İ'],
  ...[
    '<',
    '>',
    '</',
    '/>',
    '<!--',
    ']]>',
    '<![CDATA[',
    '<!DOCTYPE a [<!ENTITY b "c">]>',
    '<?xml version="1.1"?>',
  ],
  ...['&amp;', '&b;', '&#0;', '&#x10FFFF;', '&#xD800;', '&#99999999999;', 'xmlns=""', 'xml:space="preserve"'],
  ...['{', '}', '[', ']', ':', 'null', 'true', '__proto__', 'constructor', 'toString', '\\u0000', '\\ud800'],
  ...[
    '-1',
    '0',
    '00',
    '1e999',
    '1e-999',
    'NaN',
    'Infinity',
    '9'.repeat(400),
    '0.1',
    '.',
    '1.2.3',
    '1,234.50',
  ],
  ...[
    '2026-02-30',
    '0000-00-00',
    '9999-12-31T23:59:60Z',
    '2026-03-02',
    'USD',
    'XXX',
    'A1',
    'XFD1048576',
    'ZZZZ99999999',
  ],
] as const;

const mostBytes = 60_000;
const steps = 6;

/**
 * A file that is nearly one of these.
 *
 * @param others what parts are taken from.
 */
export function mutated(seeded: Seeded, bytes: Buffer, others: readonly Buffer[]): Buffer {
  let changed = bytes;
  const count = 1 + seeded.below(steps);
  for (let step = 0; step < count; step += 1) changed = changedOnce(seeded, changed, others);
  return changed.subarray(0, mostBytes);
}

function changedOnce(seeded: Seeded, bytes: Buffer, others: readonly Buffer[]): Buffer {
  const at = seeded.below(bytes.length + 1);
  const length = 1 + seeded.below(seeded.pick([2, 8, 40, 400]));
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  const end = bytes.subarray(at + length);
  const part = bytes.subarray(at, at + length);
  const changes: readonly (() => readonly Buffer[])[] = [
    () => [before, Buffer.from(seeded.pick(words)), after],
    () => [before, Buffer.from(seeded.pick(words)), end],
    () => [before, end],
    () => [before, part, after],
    () => [before, ...Array.from({ length: seeded.pick([3, 30, 300]) }, () => part), end],
    () => [before, seeded.bytes(1 + seeded.below(4)), end],
    () => [before, Buffer.from(part.map((byte) => byte ^ (1 << seeded.below(8)))), end],
    () => {
      const other = seeded.pick(others);
      const from = seeded.below(other.length + 1);
      return [before, other.subarray(from, from + 5 * length), end];
    },
    () => {
      const other = seeded.pick(others);
      return [before, other.subarray(seeded.below(other.length + 1))];
    },
  ];
  return Buffer.concat(seeded.pick(changes)());
}

/** A workbook one of whose files is mutated, in an archive that is whole: else every mutation ends at its checksum. */
export async function mutatedWorkbook(
  seeded: Seeded,
  bytes: Buffer,
  others: readonly Buffer[],
): Promise<Buffer> {
  const files = await filesIn(bytes);
  if (files.length === 0 || seeded.below(4) === 0) return mutated(seeded, bytes, others);
  const chosen = seeded.below(files.length);
  const parts = files.map(({ content }) => Buffer.from(content));
  const changed = files.map(({ name, content }, index) => ({
    name,
    content: index === chosen ? mutated(seeded, Buffer.from(content), parts).toString('latin1') : content,
  }));
  return writeZip(changed);
}

async function filesIn(
  bytes: Buffer,
): Promise<readonly { readonly name: string; readonly content: string }[]> {
  const files = [];
  try {
    for await (const file of readZip(bytes, () => true))
      files.push({ name: file.name, content: file.bytes.toString('utf8') });
  } catch {
    return [];
  }
  return files;
}

/** Takes parts away for as long as the same goes wrong. */
export async function minimised(bytes: Buffer, isWrong: (less: Buffer) => Promise<boolean>): Promise<Buffer> {
  let kept = bytes;
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < kept.length;) {
      const less = Buffer.concat([kept.subarray(0, at), kept.subarray(at + size)]);
      if (await isWrong(less)) kept = less;
      else at += size;
    }
  }
  return kept;
}
