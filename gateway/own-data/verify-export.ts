import { createHash } from 'node:crypto';
import { common } from '@hyperledger/fabric-protos';
import { membersMsp } from '@pledgeonce/chaincode/roles.js';
import { z } from 'zod';
import { headerHash } from '../evidence/block-header.js';
import { CertifiedSigner } from '../evidence/certified-signer.js';
import { checkVersion } from '../evidence/check-version.js';
import { EvidenceError } from '../evidence/evidence-error.js';
import { type FoundTransaction, findTransaction, openBlock } from '../evidence/open-block.js';
import type { InForce } from '../ledger/blocks/configurations.js';
import { headerOf } from '../ledger/blocks/header-of.js';
import { type ExportedRecord, type ExportHead, type ExportLine, exportLineSchema } from './lines.js';

/** What has been proved of an export. */
export interface ExportReport {
  readonly organisation: string;
  readonly enterprise: string | undefined;
  readonly channel: string;
  /** Hash of the header of block 0, hexadecimal. */
  readonly genesis: string;
  readonly exporter: string;
  readonly blocks: number;
  /** How many records of each kind. */
  readonly records: Readonly<Record<string, number>>;
  readonly versions: number;
  /** Versions whose private record fits its hash on the ledger; of the others the export does not hold it. */
  readonly proved: number;
  /** The place after which it begins; undefined from the first record on. */
  readonly after: string | undefined;
}

/**
 * Verifies an export with nothing but what is in it. It is read twice, and in memory is what its transactions have written.
 *
 * @param read the lines of the file, from the first, each time that it is called.
 * @param genesis Hash of the header of block 0 that the reader trusts, hexadecimal.
 * @throws EvidenceError at the first thing that does not hold, and for an export that was cut off.
 */
export async function verifyExport(
  read: () => AsyncIterable<string>,
  genesis?: string,
): Promise<ExportReport> {
  const wanted = new Map<number, Set<string>>();
  for await (const text of read()) {
    const line = lineOf(text);
    if (line.kind !== 'record') continue;
    for (const { block, transactionId } of line.versions)
      wanted.set(block, (wanted.get(block) ?? new Set()).add(transactionId));
  }
  const verifier = new ExportVerifier(wanted, genesis?.toLowerCase());
  for await (const text of read()) {
    try {
      verifier.take(text);
    } catch (error) {
      if (error instanceof EvidenceError) throw error;
      throw new EvidenceError('A part of the export cannot be decoded.', { cause: error });
    }
  }
  return verifier.report();
}

function lineOf(text: string): ExportLine {
  let parsed;
  try {
    parsed = exportLineSchema.safeParse(JSON.parse(text));
  } catch {
    throw new EvidenceError('A line of the export is not JSON: it was cut off.');
  }
  if (!parsed.success)
    throw new EvidenceError(`This is no line of an export: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

class ExportVerifier {
  readonly #wanted: ReadonlyMap<number, ReadonlySet<string>>;
  readonly #trusted: string | undefined;
  readonly #hash = createHash('sha256');
  readonly #transactions = new Map<string, FoundTransaction & { readonly block: number }>();
  readonly #configurations: InForce[] = [];
  readonly #records = new Map<string, number>();
  #head: ExportHead | undefined;
  #genesis = '';
  #exporter: string | undefined;
  #blocks = 0;
  #count = 0;
  #versions = 0;
  #proved = 0;

  constructor(wanted: ReadonlyMap<number, ReadonlySet<string>>, trusted: string | undefined) {
    this.#wanted = wanted;
    this.#trusted = trusted;
  }

  take(text: string): void {
    const line = lineOf(text);
    if (this.#exporter !== undefined) throw new EvidenceError('Something follows the end of the export.');
    if ((line.kind === 'export') !== (this.#head === undefined))
      throw new EvidenceError('An export begins with its head, and has one.');
    if (line.kind === 'end') {
      this.#end(line);
      return;
    }
    this.#hash.update(`${text}\n`);
    if (line.kind === 'export') this.#head = line;
    if (line.kind === 'block') this.#block(line);
    if (line.kind === 'record') this.#record(line);
  }

  report(): ExportReport {
    const head = this.#head;
    if (head === undefined || this.#exporter === undefined)
      throw new EvidenceError('The export has no end: it was cut off. Go on with it after the last place.');
    return {
      organisation: head.organisation,
      enterprise: head.enterprise,
      channel: head.channel,
      genesis: this.#genesis,
      exporter: this.#exporter,
      blocks: this.#blocks,
      records: Object.fromEntries(this.#records),
      versions: this.#versions,
      proved: this.#proved,
      after: head.after,
    };
  }

  #block({ number, raw }: Extract<ExportLine, { kind: 'block' }>): void {
    const message = common.Block.deserializeBinary(Buffer.from(raw, 'base64'));
    // The one in force when the block was ordered: later ones come before it in the file, and do not count for it.
    const inForce = this.#configurations.findLast((one) => one.number < number);
    const block = openBlock(message, number, inForce);
    this.#blocks += 1;
    if (block.sets !== undefined) this.#configurations.push({ number, configuration: block.sets });
    if (number === 0) this.#anchor(headerHash(headerOf(message)).toString('hex'));
    if (block.configuration.channel !== this.#head?.channel)
      throw new EvidenceError('The channel has another name.');
    for (const id of this.#wanted.get(number) ?? [])
      this.#transactions.set(id, { ...findTransaction(block, id, this.#head.chaincode), block: number });
  }

  #anchor(hash: string): void {
    if (this.#trusted !== undefined && this.#trusted !== hash)
      throw new EvidenceError(`The channel begins with ${hash}, not with ${this.#trusted}.`);
    this.#genesis = hash;
  }

  #record({ of, id, versions }: ExportedRecord): void {
    for (const [index, version] of versions.entries()) {
      if (version.seq !== index + 1)
        throw new EvidenceError(`Version ${index + 1} of ${of} ${id} is missing.`);
      const transaction = this.#transactions.get(version.transactionId);
      if (transaction?.block !== version.block)
        throw new EvidenceError(`Block ${version.block} of ${of} ${id} is missing.`);
      if (checkVersion({ kind: of, id }, version, transaction).recordProved) this.#proved += 1;
      this.#versions += 1;
    }
    this.#count += 1;
    this.#records.set(of, (this.#records.get(of) ?? 0) + 1);
  }

  #end({ records, digest, exporter, signature }: Extract<ExportLine, { kind: 'end' }>): void {
    const bytes = this.#hash.digest();
    const configuration = this.#configurations.at(-1)?.configuration;
    if (configuration === undefined) throw new EvidenceError('The first configuration is missing.');
    if (bytes.toString('hex') !== digest || records !== this.#count)
      throw new EvidenceError('The export is not what it says at its end: a line was changed or left out.');
    const { mspId, certificate } = exporter;
    const signer = new CertifiedSigner(configuration, { mspId, certificate: Buffer.from(certificate) });
    if (!signer.signed(bytes, Buffer.from(signature, 'base64')))
      throw new EvidenceError('The signature of the exporter does not fit the export.');
    // Of a member without a node the channel says no more than the root: the reader sees whose it is.
    const sharesMsp = mspId === membersMsp;
    if (!sharesMsp && mspId !== this.#head?.organisation)
      throw new EvidenceError('Another organisation than the one whose data it is has signed the export.');
    this.#exporter = sharesMsp ? `${mspId}, certified by ${signer.root}` : mspId;
  }
}
