import { crc32, deflateRawSync } from 'node:zlib';

/** A file that goes into an archive. */
export interface ZippedFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** 1 January 1980, the first day that an archive can state: the same files are the same bytes. */
const firstDay = 0x0021;
/** Names are in UTF-8. */
const utf8 = 0x0800;
const deflated = 8;
const version = 20;

/** Packs files into an archive (PKWARE APPNOTE, without ZIP64: every workbook that is written here is far below 4 GB). */
export function writeZip(files: readonly ZippedFile[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of files) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const own = Buffer.from(name);
    const entry = entryOf(own, bytes, packed);
    parts.push(Buffer.concat([signature(0x0403), entry, own, packed]));
    directory.push(directoryEntry(entry, own, offset));
    offset += 30 + own.length + packed.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, listed, signature(0x0605), end]);
}

/** What the header of a file and its entry in the directory have in common. */
function entryOf(name: Buffer, bytes: Buffer, packed: Buffer): Buffer {
  const entry = Buffer.alloc(26);
  entry.writeUInt16LE(version, 0);
  entry.writeUInt16LE(utf8, 2);
  entry.writeUInt16LE(deflated, 4);
  entry.writeUInt16LE(firstDay, 8);
  entry.writeUInt32LE(crc32(bytes), 10);
  entry.writeUInt32LE(packed.length, 14);
  entry.writeUInt32LE(bytes.length, 18);
  entry.writeUInt16LE(name.length, 22);
  return entry;
}

function directoryEntry(entry: Buffer, name: Buffer, offset: number): Buffer {
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(offset, 10);
  const made = Buffer.from([version, 0]);
  return Buffer.concat([signature(0x0201), made, entry, rest, name]);
}

function signature(kind: number): Buffer {
  const bytes = Buffer.from('PK\0\0', 'latin1');
  bytes.writeUInt16LE(kind, 2);
  return bytes;
}
