import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { credentials, Client as GrpcClient } from '@grpc/grpc-js';
import { connect, type Gateway, type Network, type Signer } from '@hyperledger/fabric-gateway';
import { common, ledger, msp, peer } from '@hyperledger/fabric-protos';
import { signingWith } from '@pledgeonce/gateway/ledger/signing.js';
import type { ConnectionProfile } from '@pledgeonce/network/connection-profile.js';
import { poll } from '@pledgeonce/scripts/rest/poll.js';
import { send } from '@pledgeonce/scripts/rest/send.js';
import { organisationOf, type StackDescription } from '@pledgeonce/scripts/stack/description.js';
import { enrol } from './enrol.js';
import { shiftedProposal } from './shifted-proposal.js';

const endorserTransaction: number = common.HeaderType.ENDORSER_TRANSACTION;
const validTransaction: number = peer.TxValidationCode.VALID;
const readerMsp = 'RegulatorMSP';
const patienceMs = 30_000;
/** What a peer may take that is asked how far it is; one that is down says nothing. */
const lookMs = 3_000;

/** One transaction as the chain holds it: nothing here comes from our gateway or its database. */
export interface ChainTransaction {
  readonly block: bigint;
  readonly txId: string;
  readonly isValid: boolean;
  readonly validationCode: number;
  /** The function of the chaincode that was called. */
  readonly called: string;
  /** The organisation whose person signed it. */
  readonly signer: string;
  /** Public writes of the consortium's chaincode. */
  readonly writes: ReadonlyMap<string, string>;
  /** Collection and hexadecimal hashes of each private key written. */
  readonly privateWrites: readonly PrivateWrite[];
}

/** What everybody sees of a private write. */
interface PrivateWrite {
  readonly collection: string;
  readonly keyHash: string;
  readonly valueHash: string;
}

/** Reads the chain from a peer, as an outsider with nothing but a certificate could. */
export class BlockReader {
  readonly #grpc: GrpcClient;
  readonly #gateway: Gateway;
  readonly #network: Network;
  readonly #chaincode: string;
  readonly #organisations: readonly string[];
  readonly #sign: Signer;
  readonly #shiftMs: number;

  private constructor(
    grpc: GrpcClient,
    gateway: Gateway,
    profile: ConnectionProfile,
    sign: Signer,
    shiftMs: number,
  ) {
    this.#grpc = grpc;
    this.#sign = sign;
    this.#shiftMs = shiftMs;
    this.#gateway = gateway;
    this.#network = gateway.getNetwork(profile.channel);
    this.#chaincode = profile.chaincode.name;
    this.#organisations = profile.organisations.flatMap(({ mspId, peer }) =>
      peer === undefined ? [] : [mspId],
    );
  }

  /**
   * Connects as the regulator's auditor, with a certificate of its own.
   *
   * @param shiftMs how far the clock of the consortium is ahead of this machine's.
   */
  static async open(stack: StackDescription, shiftMs = 0): Promise<BlockReader> {
    const profile = await readProfile(stack.discovery);
    const mspId = readerMsp;
    const organisation = profile.organisations.find((one) => one.mspId === mspId);
    const person = organisationOf(stack, mspId).people.find(({ role }) => role === 'auditor');
    if (organisation?.peer === undefined || person === undefined) throw new Error('There is no auditor.');
    const { certificate, key } = await enrol(organisation.ca, person);
    const grpc = new GrpcClient(
      organisation.peer.endpoint,
      credentials.createSsl(Buffer.from(organisation.peer.tlsRootCerts)),
    );
    const { hash, signer: sign } = signingWith(key);
    const gateway = connect({
      client: grpc,
      identity: { mspId, credentials: Buffer.from(certificate) },
      signer: sign,
      hash,
    });
    return new BlockReader(grpc, gateway, profile, sign, shiftMs);
  }

  /**
   * Number of blocks. Every block that any peer has is among them: on Fabric the reader's own may be behind the one that
   * a gateway has just answered by, and what that block wrote would be taken for the work of a later request.
   *
   * @throws Error when the reader's peer does not catch up.
   */
  async height(): Promise<bigint> {
    return this.#reached(readerMsp, await this.#highest());
  }

  /**
   * Waits until every peer has the blocks that any has now: whoever names the endorsers, past every gateway, would
   * else be answered of the past by one of them.
   *
   * @throws Error when a peer does not catch up.
   */
  async everyPeerHasAll(): Promise<void> {
    const highest = await this.#highest();
    await Promise.all(this.#organisations.map((mspId) => this.#reached(mspId, highest)));
  }

  /** The height of the peer that is ahead, of those that answer. */
  async #highest(): Promise<bigint> {
    const heights = await Promise.allSettled(this.#organisations.map((mspId) => this.#heightAt(mspId)));
    return heights
      .flatMap((height) => (height.status === 'fulfilled' ? [height.value] : []))
      .reduce((most, height) => (height > most ? height : most), 0n);
  }

  async #reached(mspId: string, wanted: bigint): Promise<bigint> {
    const reached = await poll(
      async () => {
        const height = await this.#heightAt(mspId);
        return height >= wanted ? height : undefined;
      },
      patienceMs,
      20,
    );
    if (reached === undefined) throw new Error(`The peer of ${mspId} does not reach ${wanted} blocks.`);
    return reached;
  }

  /** The blocks from this one up to the present height, byte for byte. */
  async blocks(from: bigint): Promise<readonly Uint8Array[]> {
    const found: Uint8Array[] = [];
    for (let number = from, height = await this.height(); number < height; number++)
      found.push(await this.#ask(readerMsp, 'GetBlockByNumber', String(number)));
    return found;
  }

  /** Every transaction of the blocks from this one up to the present height. */
  async transactions(from = 0n): Promise<readonly ChainTransaction[]> {
    const blocks = await this.blocks(from);
    return blocks.flatMap((block) => this.#read(common.Block.deserializeBinary(block)));
  }

  /** Transactions as their blocks arrive, from this block on, for as long as the caller goes on asking. */
  async *follow(from: bigint): AsyncGenerator<ChainTransaction> {
    const blocks = await this.#network.getBlockEvents({ startBlock: from });
    try {
      for await (const block of blocks) yield* this.#read(block);
    } finally {
      blocks.close();
    }
  }

  close(): void {
    this.#gateway.close();
    this.#grpc.close();
  }

  async #heightAt(mspId: string): Promise<bigint> {
    const info = await this.#ask(mspId, 'GetChainInfo');
    return BigInt(common.BlockchainInfo.deserializeBinary(info).getHeight());
  }

  /** Asks an organisation's peer of its ledger. */
  async #ask(mspId: string, question: string, ...particulars: readonly string[]): Promise<Uint8Array> {
    const proposal = this.#network.getContract('qscc').newProposal(question, {
      arguments: [this.#network.getName(), ...particulars],
      endorsingOrganizations: [mspId],
    });
    const shifted = await shiftedProposal(proposal, this.#shiftMs, {
      gateway: this.#gateway,
      sign: this.#sign,
    });
    return shifted.evaluate({ deadline: Date.now() + lookMs });
  }

  #read(block: common.Block): ChainTransaction[] {
    const number = BigInt(block.getHeader()?.getNumber() ?? 0);
    const metadata = block.getMetadata()?.getMetadataList_asU8() ?? [];
    const codes = metadata[common.BlockMetadataIndex.TRANSACTIONS_FILTER] ?? new Uint8Array();
    return (block.getData()?.getDataList_asU8() ?? []).flatMap((bytes, index) => {
      const payload = common.Payload.deserializeBinary(
        common.Envelope.deserializeBinary(bytes).getPayload_asU8(),
      );
      const header = common.ChannelHeader.deserializeBinary(
        payload.getHeader()?.getChannelHeader_asU8() ?? new Uint8Array(),
      );
      if (header.getType() !== endorserTransaction) return [];
      const validationCode = codes[index] ?? -1;
      return [
        {
          block: number,
          txId: header.getTxId(),
          isValid: validationCode === validTransaction,
          validationCode,
          signer: signerOf(payload),
          // What is invalid wrote nothing, and may hold anything.
          ...(validationCode === validTransaction
            ? this.#writesOf(payload.getData_asU8())
            : { called: '', writes: new Map<string, string>(), privateWrites: [] }),
        },
      ];
    });
  }

  #writesOf(data: Uint8Array): Pick<ChainTransaction, 'called' | 'writes' | 'privateWrites'> {
    const writes = new Map<string, string>();
    const privateWrites: PrivateWrite[] = [];
    let called = '';
    for (const action of peer.Transaction.deserializeBinary(data).getActionsList()) {
      const payload = peer.ChaincodeActionPayload.deserializeBinary(action.getPayload_asU8());
      called = functionOf(payload.getChaincodeProposalPayload_asU8());
      const endorsed = payload.getAction();
      const response = peer.ProposalResponsePayload.deserializeBinary(
        endorsed?.getProposalResponsePayload_asU8() ?? new Uint8Array(),
      );
      const results = peer.ChaincodeAction.deserializeBinary(response.getExtension_asU8()).getResults_asU8();
      for (const set of ledger.rwset.TxReadWriteSet.deserializeBinary(results).getNsRwsetList()) {
        if (set.getNamespace() !== this.#chaincode) continue;
        const own = ledger.rwset.kvrwset.KVRWSet.deserializeBinary(set.getRwset_asU8());
        for (const write of own.getWritesList()) {
          writes.set(write.getKey(), Buffer.from(write.getValue_asU8()).toString());
        }
        for (const collection of set.getCollectionHashedRwsetList()) {
          const hashed = ledger.rwset.kvrwset.HashedRWSet.deserializeBinary(collection.getHashedRwset_asU8());
          for (const write of hashed.getHashedWritesList()) {
            privateWrites.push({
              collection: collection.getCollectionName(),
              keyHash: Buffer.from(write.getKeyHash_asU8()).toString('hex'),
              valueHash: Buffer.from(write.getValueHash_asU8()).toString('hex'),
            });
          }
        }
      }
    }
    return { called, writes, privateWrites };
  }
}

function signerOf(payload: common.Payload): string {
  const header = common.SignatureHeader.deserializeBinary(
    payload.getHeader()?.getSignatureHeader_asU8() ?? new Uint8Array(),
  );
  return msp.SerializedIdentity.deserializeBinary(header.getCreator_asU8()).getMspid();
}

function functionOf(proposal: Uint8Array): string {
  const input = peer.ChaincodeProposalPayload.deserializeBinary(proposal).getInput_asU8();
  const [name] =
    peer.ChaincodeInvocationSpec.deserializeBinary(input)
      .getChaincodeSpec()
      ?.getInput()
      ?.getArgsList_asU8() ?? [];
  return Buffer.from(name ?? []).toString('utf8');
}

/** How a private key stands in the hashed part of a block. */
export function hashOfKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** How the network introduces itself to clients. */
export async function readProfile(discovery: string): Promise<ConnectionProfile> {
  const text = discovery.startsWith('http')
    ? await (await send(discovery)).text()
    : readFileSync(discovery, 'utf8');
  return JSON.parse(text) as ConnectionProfile;
}
