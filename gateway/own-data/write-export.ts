import { createHash } from 'node:crypto';
import type { HistoryVersion } from '@pledgeonce/chaincode/api.js';
import { type OwnThing, ownThings } from '@pledgeonce/chaincode/events.js';
import { configurationsUpTo, type ReadBlock } from '../evidence/configurations-up-to.js';
import type { Signatory } from '../ledger/signatory.js';
import type { OwnRecord } from '../projection/own-records.js';
import type { ExportedRecord, ExportHead, ExportLine } from './lines.js';

/** Records whose histories are asked for at once; what an export costs in memory, however long it is. */
const atOnce = 10;

export interface ExportParts {
  readonly head: Omit<ExportHead, 'kind' | 'schema'>;
  /** Some records of a kind, after an ordinal. */
  readonly page: (of: OwnThing, after: number, limit: number) => readonly OwnRecord[];
  /** Undefined for what is not the caller's own. */
  readonly history: (of: OwnThing, id: string) => Promise<readonly HistoryVersion[] | undefined>;
  /** Number of the block that holds a transaction; undefined where the tables do not have it yet. */
  readonly placeOf: (transactionId: string) => number | undefined;
  readonly readBlock: ReadBlock;
  readonly signatory: Pick<Signatory, 'mspId' | 'certificate' | 'sign'>;
  /** Whether the caller may go on; asked before every few records. */
  readonly mayGoOn: () => boolean;
}

/**
 * The lines of an export, as they are made: each block once, before the first record that it proves.
 *
 * @throws Error from `mayGoOn`'s refusal: what was written so far has no end, and can be gone on with.
 */
export async function* writeExport(parts: ExportParts): AsyncGenerator<string> {
  const hash = createHash('sha256');
  const spell = (line: ExportLine): string => {
    const text = `${JSON.stringify(line)}\n`;
    hash.update(text);
    return text;
  };
  const { head, readBlock, signatory } = parts;
  yield spell({ kind: 'export', schema: 1, ...head });
  const sent = new Set<number>();
  const blockLine = async (number: number): Promise<string> => {
    sent.add(number);
    const raw = Buffer.from((await readBlock(number)).serializeBinary()).toString('base64');
    return spell({ kind: 'block', number, raw });
  };
  for (const number of await configurationsUpTo(head.height - 1, readBlock)) yield await blockLine(number);
  let records = 0;
  for await (const record of ownRecords(parts)) {
    for (const { block } of record.versions) if (!sent.has(block)) yield await blockLine(block);
    yield spell(record);
    records += 1;
  }
  const digest = hash.copy().digest();
  const { mspId, certificate } = signatory;
  const signature = Buffer.from(await signatory.sign(digest)).toString('base64');
  yield spell({
    kind: 'end',
    records,
    digest: digest.toString('hex'),
    exporter: { mspId, certificate },
    signature,
  });
}

async function* ownRecords({
  head,
  page,
  history,
  placeOf,
  mayGoOn,
}: ExportParts): AsyncGenerator<ExportedRecord> {
  const [from = '', ordinal = '0'] = (head.after ?? '').split('.');
  const kinds = head.after === undefined ? ownThings : ownThings.slice(ownThings.indexOf(from as OwnThing));
  for (const of of kinds) {
    let after = of === from ? Number(ordinal) : 0;
    for (;;) {
      if (!mayGoOn()) throw new Error('The person may not go on.');
      const some = page(of, after, atOnce);
      const told = await Promise.all(
        some.map(async ({ id, ordinal: place }) => ({ id, place, versions: await history(of, id) })),
      );
      for (const { id, place, versions } of told) {
        const known = knownVersions(versions ?? [], head.height, placeOf);
        if (known.length > 0) yield { kind: 'record', of, id, place: `${of}.${place}`, versions: known };
      }
      if (some.length < atOnce) break;
      after = some.at(-1)?.ordinal ?? after;
    }
  }
}

/** The versions that the blocks of this export hold: what came while it was written is in the next one. */
function knownVersions(
  versions: readonly HistoryVersion[],
  height: number,
  placeOf: ExportParts['placeOf'],
): ExportedRecord['versions'] {
  return versions.flatMap(({ seq, state, at, transactionId, collection, key, stored }) => {
    const block = placeOf(transactionId);
    if (block === undefined || block >= height) return [];
    return [
      { seq, state, at, transactionId, block, collection, key, ...(stored !== undefined && { stored }) },
    ];
  });
}
