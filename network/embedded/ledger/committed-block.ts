import { common, peer } from '@hyperledger/fabric-protos';
import { dataHashOf, headerBytes } from './encode-block.js';
import { sha256 } from './bytes.js';
import type { CommittedBlock, CommittedTransaction, ValidationCode } from './ledger.js';
import { openEnvelope, type OpenedEnvelope } from './open-envelope.js';
import type { ParsedTransaction } from './transaction.js';

/** What is known of a block that has just been assembled. */
interface FreshBlock {
  readonly number: number;
  readonly previousHash: Uint8Array;
  readonly data: readonly Uint8Array[];
  readonly bytes: Buffer;
  readonly transactions: readonly CommittedTransaction[];
}

/** A block out of the store, or one just committed whose envelopes are open already. */
export class StoredBlock implements CommittedBlock {
  readonly number: number;
  readonly hash: Buffer;
  readonly bytes: Buffer;
  #message: common.Block | undefined;
  #transactions: readonly CommittedTransaction[] | undefined;

  private constructor(number: number, hash: Buffer, bytes: Buffer) {
    this.number = number;
    this.hash = hash;
    this.bytes = bytes;
  }

  /** A block just assembled, whose envelopes need not be opened again. */
  static fresh({ number, previousHash, data, bytes, transactions }: FreshBlock): StoredBlock {
    const hash = sha256(headerBytes(number, previousHash, dataHashOf(data)));
    const block = new StoredBlock(number, hash, bytes);
    block.#transactions = transactions;
    return block;
  }

  /** Opens the bytes of a block and computes its header's hash. */
  static read(bytes: Buffer): StoredBlock {
    const message = common.Block.deserializeBinary(bytes);
    const header = message.getHeader();
    const number = header?.getNumber() ?? 0;
    const previousHash = header?.getPreviousHash_asU8() ?? new Uint8Array();
    const hash = sha256(headerBytes(number, previousHash, header?.getDataHash_asU8() ?? new Uint8Array()));
    const block = new StoredBlock(number, hash, bytes);
    block.#message = message;
    return block;
  }

  get message(): common.Block {
    this.#message ??= common.Block.deserializeBinary(this.bytes);
    return this.#message;
  }

  get transactions(): readonly CommittedTransaction[] {
    this.#transactions ??= this.#openTransactions();
    return this.#transactions;
  }

  /** True when the data hash in its header is that of its envelopes. */
  get isIntact(): boolean {
    const data = this.message.getData()?.getDataList_asU8() ?? [];
    return dataHashOf(data).equals(this.message.getHeader()?.getDataHash_asU8() ?? new Uint8Array());
  }

  get previousHash(): Buffer {
    return Buffer.from(this.message.getHeader()?.getPreviousHash_asU8() ?? []);
  }

  #openTransactions(): CommittedTransaction[] {
    const filter = this.message.getMetadata()?.getMetadataList_asU8()[
      common.BlockMetadataIndex.TRANSACTIONS_FILTER
    ];
    const envelopes = this.message.getData()?.getDataList_asU8() ?? [];
    return envelopes.map((envelope, index) => new StoredTransaction(index, codeAt(filter, index), envelope));
  }
}

function codeAt(filter: Uint8Array | undefined, index: number): ValidationCode {
  return (filter?.[index] ?? peer.TxValidationCode.NOT_VALIDATED) as ValidationCode;
}

/** Opens its envelope when somebody asks for what is in it. */
class StoredTransaction implements CommittedTransaction {
  readonly index: number;
  readonly code: ValidationCode;
  readonly envelope: Uint8Array;
  #opened: OpenedEnvelope | undefined;

  constructor(index: number, code: ValidationCode, envelope: Uint8Array) {
    this.index = index;
    this.code = code;
    this.envelope = envelope;
  }

  get parsed(): ParsedTransaction | undefined {
    return this.#open().transaction;
  }

  get txId(): string {
    return this.#open().headers?.txId ?? '';
  }

  #open(): OpenedEnvelope {
    this.#opened ??= openEnvelope(this.envelope);
    return this.#opened;
  }
}
