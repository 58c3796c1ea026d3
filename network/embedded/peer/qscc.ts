import { common, peer } from '@hyperledger/fabric-protos';
import type { CommittedBlock, Ledger } from '../ledger/ledger.js';
import type { ChannelAccess } from './channel-access.js';
import type { Proposal } from './proposal.js';
import { messageOf } from '../../message-of.js';

/** Queries by function name: takes the third argument, returns the result's bytes. */
const queries: ReadonlyMap<string, (ledger: Ledger, argument: Uint8Array) => Uint8Array> = new Map([
  ['GetChainInfo', chainInfo],
  ['GetBlockByNumber', blockByNumber],
  ['GetBlockByHash', blockByHash],
  ['GetTransactionByID', transactionById],
  ['GetBlockByTxID', blockByTxId],
]);

/** The query system chaincode: answers questions about blocks and transactions, to members of the channel. */
export function queryLedger(proposal: Proposal, ledger: Ledger, access: ChannelAccess): peer.Response {
  const response = new peer.Response();
  try {
    response.setPayload(answer(proposal, ledger, access));
    response.setStatus(200);
  } catch (error) {
    response.setStatus(500);
    response.setMessage(messageOf(error));
  }
  return response;
}

function answer(proposal: Proposal, ledger: Ledger, access: ChannelAccess): Uint8Array {
  const args = proposal.input.getArgsList_asU8();
  const [name, channel] = args.slice(0, 2).map((bytes) => Buffer.from(bytes).toString());
  if (name === undefined || channel === undefined) {
    throw new Error(`Incorrect number of arguments, ${args.length}`);
  }
  const argument = args[2];
  if (name !== 'GetChainInfo' && argument === undefined) throw new Error(`missing 3rd argument for ${name}`);
  if (channel !== ledger.definition.channel) throw new Error(`Invalid chain ID, ${channel}`);
  try {
    access.check('Readers', channel, {
      identity: proposal.creator,
      data: proposal.bytes,
      signature: proposal.signature,
    });
  } catch (error) {
    throw new Error(`access denied for [${name}][${channel}]: [${messageOf(error)}]`, { cause: error });
  }
  const query = queries.get(name);
  if (!query) throw new Error(`Requested function ${name} not found.`);
  return query(ledger, argument ?? new Uint8Array());
}

function chainInfo(ledger: Ledger): Uint8Array {
  const info = new common.BlockchainInfo();
  info.setHeight(ledger.height);
  info.setCurrentblockhash(ledger.tip);
  info.setPreviousblockhash(ledger.previousHash);
  return info.serializeBinary();
}

function blockByNumber(ledger: Ledger, argument: Uint8Array): Uint8Array {
  const text = Buffer.from(argument).toString();
  if (!/^\d+$/.test(text)) {
    throw new Error(
      `Failed to parse block number with error strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`,
    );
  }
  const number = Number(text);
  return found(
    ledger.block(number),
    `Failed to get block number ${number}, error no such block number [${number}] in index`,
  );
}

function blockByHash(ledger: Ledger, argument: Uint8Array): Uint8Array {
  const hash = Buffer.from(argument);
  return found(
    ledger.blockByHash(hash),
    `Failed to get block hash ${hash.toString('latin1')}, error no such block hash [${hash.toString('hex')}] in index`,
  );
}

function blockByTxId(ledger: Ledger, argument: Uint8Array): Uint8Array {
  const txId = Buffer.from(argument).toString();
  return found(
    ledger.blockByTxId(txId),
    `Failed to get block for txID ${txId}, error no such transaction ID [${txId}] in index`,
  );
}

function transactionById(ledger: Ledger, argument: Uint8Array): Uint8Array {
  const txId = Buffer.from(argument).toString();
  const transaction = ledger.transaction(txId);
  if (!transaction) {
    throw new Error(
      `Failed to get transaction with id ${txId}, error no such transaction ID [${txId}] in index`,
    );
  }
  const processed = new peer.ProcessedTransaction();
  processed.setTransactionenvelope(common.Envelope.deserializeBinary(transaction.envelope));
  processed.setValidationcode(transaction.code);
  return processed.serializeBinary();
}

function found(block: CommittedBlock | undefined, otherwise: string): Uint8Array {
  if (!block) throw new Error(otherwise);
  return block.bytes;
}
