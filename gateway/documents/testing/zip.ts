import { writeZip, type ZippedFile as WrittenFile } from '../write-zip.js';

/** One file of an archive, with what its headers should claim instead of the truth. */
export interface ZippedFile extends WrittenFile {
  readonly claimedSize?: number;
}

/** An archive as programs write it, made dishonest afterwards: no writer would do that. */
export function zipOf(files: readonly ZippedFile[]): Buffer {
  const archive = writeZip(files);
  let entry = archive.readUInt32LE(archive.length - 6);
  for (const { name, claimedSize } of files) {
    if (claimedSize !== undefined) {
      archive.writeUInt32LE(claimedSize, entry + 24);
      archive.writeUInt32LE(claimedSize, archive.readUInt32LE(entry + 42) + 22);
    }
    entry += 46 + Buffer.byteLength(name);
  }
  return archive;
}
