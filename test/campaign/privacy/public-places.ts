import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { common, ledger, peer } from '@hyperledger/fabric-protos';
import { send } from '@pledgeonce/scripts/rest/send.js';
import { pathsOf } from '@pledgeonce/scripts/stack/options.js';
import { consortium } from '../../acceptance/support/consortium.js';
import { LedgerClient } from '../../acceptance/support/ledger-client.js';
import { seek } from '../../conformance/harness/seek.js';

/** Something that is searched, and whose eyes it is open to: nobody's by right, or one organisation's. */
export interface Place {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Undefined: everybody's, or the operator's of any organisation. */
  readonly of?: string;
  /** Operators read whose certificate their authority makes: programs name people, and nothing else. */
  readonly namesPeople?: boolean;
}

/** Every block, asked for at this member's own peer. */
export async function* blocksAs(msp: string, who: string): AsyncGenerator<Place> {
  const client = await LedgerClient.open(consortium(), msp, who);
  try {
    const { channel } = client.member;
    const ask = async (...question: readonly [string, ...string[]]) => {
      const [name, ...rest] = question;
      const proposal = channel.getContract('qscc').newProposal(name, {
        arguments: [channel.getName(), ...rest],
        endorsingOrganizations: [msp],
      });
      return proposal.evaluate();
    };
    const height = common.BlockchainInfo.deserializeBinary(await ask('GetChainInfo')).getHeight();
    for (let number = 0; number < height; number += 1)
      yield {
        name: `block ${number}, asked by ${msp}`,
        bytes: await ask('GetBlockByNumber', String(number)),
      };
  } finally {
    client.close();
  }
}

/** @returns at which ways of following blocks with private data a member was not turned away. */
export async function openDoors(msp: string, who: string): Promise<readonly string[]> {
  const open: string[] = [];
  for (const { msp: at } of consortium().organisations) {
    const client = await LedgerClient.open(consortium(), msp, who, at);
    try {
      const found = await seek(client.member, {
        start: 'oldest',
        stop: 'newest',
        method: 'DeliverWithPrivateData',
      });
      if (found.status !== 'FORBIDDEN') open.push(`${msp} at the peer of ${at}: ${JSON.stringify(found)}`);
    } finally {
      client.close();
    }
  }
  return open;
}

/** What a block has in hashes and public keys: all that somebody without a right can hold a guess against. */
export interface Hashes {
  /** Ids in keys of the public state. */
  readonly ids: Set<string>;
  readonly keys: Set<string>;
  readonly values: Set<string>;
}

export function addHashes(block: Uint8Array, { ids, keys, values }: Hashes): void {
  for (const bytes of common.Block.deserializeBinary(block).getData()?.getDataList_asU8() ?? []) {
    const payload = common.Payload.deserializeBinary(
      common.Envelope.deserializeBinary(bytes).getPayload_asU8(),
    );
    for (const set of setsOf(payload)) {
      const own = ledger.rwset.kvrwset.KVRWSet.deserializeBinary(set.getRwset_asU8());
      for (const write of own.getWritesList())
        for (const [id] of write.getKey().matchAll(/[0-9a-f]{64}/g)) ids.add(id);
      for (const collection of set.getCollectionHashedRwsetList()) {
        const hashed = ledger.rwset.kvrwset.HashedRWSet.deserializeBinary(collection.getHashedRwset_asU8());
        for (const read of hashed.getHashedReadsList()) keys.add(hex(read.getKeyHash_asU8()));
        for (const write of hashed.getHashedWritesList()) {
          keys.add(hex(write.getKeyHash_asU8()));
          values.add(hex(write.getValueHash_asU8()));
        }
      }
    }
  }
}

const endorserTransaction: number = common.HeaderType.ENDORSER_TRANSACTION;

function setsOf(payload: common.Payload) {
  const header = payload.getHeader()?.getChannelHeader_asU8() ?? new Uint8Array();
  if (common.ChannelHeader.deserializeBinary(header).getType() !== endorserTransaction) return [];
  return peer.Transaction.deserializeBinary(payload.getData_asU8())
    .getActionsList()
    .flatMap((action) => {
      const endorsed = peer.ChaincodeActionPayload.deserializeBinary(action.getPayload_asU8()).getAction();
      const response = peer.ProposalResponsePayload.deserializeBinary(
        endorsed?.getProposalResponsePayload_asU8() ?? new Uint8Array(),
      );
      const results = peer.ChaincodeAction.deserializeBinary(response.getExtension_asU8()).getResults_asU8();
      return ledger.rwset.TxReadWriteSet.deserializeBinary(results).getNsRwsetList();
    });
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

/** What programs have written to their logs. */
export function* logs(): Generator<Place> {
  const { logs: folder } = pathsOf({ state: consortium().state, on: 'embedded' });
  for (const file of filesIn(folder))
    yield {
      name: `the log ${file.slice(folder.length + 1)}`,
      bytes: readFileSync(file),
      namesPeople: true,
    };
}

/** What everybody at the machine may ask a gateway without signing in. */
export async function* openAnswers(): AsyncGenerator<Place> {
  for (const { msp, url } of consortium().organisations) {
    for (const path of ['/metrics', '/readyz', '/livez']) {
      const text = await (await send(`${url}${path}`)).text();
      yield { name: `${path} of ${msp}`, bytes: Buffer.from(text) };
    }
  }
}

/** The files of each organisation's gateway. */
export function* states(): Generator<Place> {
  const { gateway } = pathsOf({ state: consortium().state, on: 'embedded' });
  for (const { name, msp } of consortium().organisations) {
    const folder = join(gateway, name);
    for (const file of filesIn(folder))
      yield { name: `${name}/${file.slice(folder.length + 1)}`, bytes: readFileSync(file), of: msp };
  }
}

function filesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile());
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
