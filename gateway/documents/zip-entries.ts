import { fromBuffer, type Entry, type ZipFile } from 'yauzl';
import { DocumentError } from './document-error.js';

/** Bounds of an archive, so that a small one cannot become a large one in memory. */
export const zipLimits = {
  entries: 200,
  /** Of one file, and of all together, when unpacked. */
  entryBytes: 10 * 1024 * 1024,
  totalBytes: 50 * 1024 * 1024,
  /** How many times larger than packed a file may be that is larger than `ratioFrom`. Real papers reach 30. */
  ratio: 200,
  ratioFrom: 1024 * 1024,
} as const;

export interface ZipEntry {
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * Unpacks the files of an archive that are wanted, one after the other.
 *
 * @throws DocumentError INPUT_INVALID for what is no archive, INPUT_TOO_LARGE for one beyond the limits.
 */
export async function* readZip(bytes: Buffer, wanted: (name: string) => boolean): AsyncGenerator<ZipEntry> {
  const archive = await open(bytes);
  const entries = await listEntries(archive);
  const taken = entries.filter(({ fileName }) => !fileName.endsWith('/') && wanted(fileName));
  let total = 0;
  for (const entry of taken) {
    total += entry.uncompressedSize;
    assertSize(entry, total);
  }
  for (const entry of taken) yield { name: entry.fileName, bytes: await unpack(archive, entry) };
}

function open(bytes: Buffer): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    fromBuffer(
      bytes,
      { lazyEntries: true, validateEntrySizes: true, strictFileNames: true },
      (error, archive) => {
        if (error === null) resolve(archive);
        else reject(notAnArchive(error));
      },
    );
  });
}

function listEntries(archive: ZipFile): Promise<readonly Entry[]> {
  if (archive.entryCount > zipLimits.entries) {
    throw tooLarge(`It has more than ${zipLimits.entries} files.`);
  }
  return new Promise((resolve, reject) => {
    const entries: Entry[] = [];
    archive.on('entry', (entry: Entry) => {
      entries.push(entry);
      archive.readEntry();
    });
    archive.on('end', () => {
      resolve(entries);
    });
    archive.on('error', (error: Error) => {
      reject(notAnArchive(error));
    });
    archive.readEntry();
  });
}

function assertSize({ fileName, compressedSize, uncompressedSize, ...entry }: Entry, total: number): void {
  if ((entry.generalPurposeBitFlag & 1) === 1) {
    throw new DocumentError('INPUT_INVALID', fileName, 'The file in the archive is encrypted.');
  }
  const { entryBytes, totalBytes, ratio, ratioFrom } = zipLimits;
  if (uncompressedSize > entryBytes) throw tooLarge(`${fileName} is larger than 10 MiB when unpacked.`);
  if (total > totalBytes) throw tooLarge('Its files are larger than 50 MiB together.');
  if (uncompressedSize > ratioFrom && uncompressedSize > compressedSize * ratio) {
    throw tooLarge(`${fileName} is packed more than ${ratio} times.`);
  }
}

/** The stated size has been checked, and the reader ends a file that turns out larger than it says. */
function unpack(archive: ZipFile, entry: Entry): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    archive.openReadStream(entry, (error, stream) => {
      if (error !== null) {
        reject(notAnArchive(error));
        return;
      }
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('error', (reason) => {
        reject(notAnArchive(reason));
      });
      stream.on('end', () => {
        resolve(Buffer.concat(chunks));
      });
    });
  });
}

function notAnArchive(error: Error): DocumentError {
  return new DocumentError('INPUT_INVALID', '', `The archive cannot be read: ${error.message}.`);
}

function tooLarge(reason: string): DocumentError {
  return new DocumentError('INPUT_TOO_LARGE', '', `The archive is too large. ${reason}`);
}
