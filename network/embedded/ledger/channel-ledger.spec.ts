import 'reflect-metadata';
import { common, msp, peer } from '@hyperledger/fabric-protos';
import { parsePolicy } from '../msp/parse-policy.js';
import { sha256 } from './bytes.js';
import type { ChannelLedger } from './channel-ledger.js';
import { checkedDisk } from './checked-disk.js';
import { keys } from './keys.js';
import { LedgerDamaged } from './ledger-damaged.js';
import { openLevelDisk } from './level-disk.js';
import { commit, specChannel, transact, type SpecChannel } from './testing/spec-channel.js';
import { verifyChain } from './testing/verify-chain.js';

const { TxValidationCode: Code } = peer;

let channel: SpecChannel;
let ledger: ChannelLedger;
beforeEach(async () => {
  channel = await specChannel();
  ledger = await channel.open();
});
afterEach(async () => {
  await ledger.close().catch(() => undefined);
  await channel.remove();
});

const put = (writes: Record<string, string | null>) => transact(channel, { cc: { writes } });

async function range(start: string, end: string): Promise<string[]> {
  const snapshot = ledger.snapshot();
  const found = [];
  for await (const { key } of snapshot.range('cc', start, end)) found.push(key);
  snapshot.close();
  return found;
}

describe('blocks', () => {
  it('start with the configuration, from which every organisation’s roots can be read', () => {
    const envelope = common.Envelope.deserializeBinary(
      ledger.block(0)?.transactions[0]?.envelope ?? new Uint8Array(),
    );
    const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
    const config = common.ConfigEnvelope.deserializeBinary(payload.getData_asU8()).getConfig();
    const application = config?.getChannelGroup()?.getGroupsMap().get('Application');
    const value = application?.getGroupsMap().get('B')?.getValuesMap().get('MSP');
    const fabric = msp.FabricMSPConfig.deserializeBinary(
      msp.MSPConfig.deserializeBinary(value?.getValue_asU8() ?? new Uint8Array()).getConfig_asU8(),
    );
    const [root] = fabric.getRootCertsList_asU8();
    expect(Buffer.from(root ?? []).toString()).toBe(channel.organisations.B.rootCerts);
  });

  it('are found by number, hash and transaction id, with metadata in Fabric’s places', async () => {
    const good = put({ a: '1' });
    const bad = transact(channel, { cc: { writes: { a: '1' } } }, { by: [channel.peers.A] });
    const block = await commit(ledger, good, bad);
    for (const found of [ledger.block(1), ledger.blockByHash(block.hash), ledger.blockByTxId(bad.txId)]) {
      expect(found?.bytes.equals(block.bytes)).toBe(true);
    }
    const codes = [Code.VALID, Code.ENDORSEMENT_POLICY_FAILURE];
    const metadata = block.message.getMetadata()?.getMetadataList_asU8() ?? [];
    expect(metadata).toHaveLength(5);
    expect([...(metadata[common.BlockMetadataIndex.TRANSACTIONS_FILTER] ?? [])]).toEqual(codes);
    expect(ledger.transaction(bad.txId)).toMatchObject({ index: 1, code: codes[1] });
    expect(ledger.status(bad.txId)).toEqual({ block: 1, index: 1, code: codes[1] });
    expect([ledger.block(2), ledger.block(-1), ledger.transaction('none')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('are the same after reopening, read from the disk', async () => {
    const made = put({ a: '1' });
    const { bytes, hash } = await commit(ledger, made);
    await ledger.close();
    ledger = await channel.open();
    const stored = ledger.block(1);
    expect(ledger.height).toBe(2);
    expect([stored?.hash, stored?.bytes]).toEqual([hash, bytes]);
    expect(stored?.transactions[0]).toMatchObject({ txId: made.txId, code: Code.VALID });
    expect(stored?.transactions[0]?.parsed?.action?.chaincode).toEqual({ name: 'cc', version: '1.0' });
  });

  it('form a chain that can be recomputed', async () => {
    for (const key of ['a', 'b', 'c']) await commit(ledger, put({ [key]: '1' }));
    expect(await verifyChain(ledger)).toBe(4);
  });

  it('must continue the chain', async () => {
    const skipped = { number: 7, previousHash: ledger.tip, envelopes: [], signatures: new Uint8Array() };
    await expect(ledger.commit(skipped)).rejects.toThrow(RangeError);
    const unlinked = { ...skipped, number: 1, previousHash: Buffer.alloc(32) };
    await expect(ledger.commit(unlinked)).rejects.toThrow(RangeError);
  });

  it('are followed from the past into the future, until told to stop', async () => {
    await commit(ledger, put({ a: '1' }));
    const stop = new AbortController();
    const seen: number[] = [];
    const following = (async () => {
      for await (const { number } of ledger.follow(0, stop.signal)) {
        seen.push(number);
        if (number === 2) stop.abort();
      }
    })();
    await commit(ledger, put({ b: '1' }));
    await following;
    expect(seen).toEqual([0, 1, 2]);
  });

  it('wake those who wait for a transaction', async () => {
    const made = put({ a: '1' });
    const waiting = ledger.waitForStatus(made.txId);
    const given = new AbortController();
    const impatient = ledger.waitForStatus('another', given.signal);
    await commit(ledger, made);
    expect(await waiting).toEqual({ block: 1, index: 0, code: Code.VALID });
    expect(await ledger.waitForStatus(made.txId)).toEqual({ block: 1, index: 0, code: Code.VALID });
    given.abort(new Error('enough'));
    await expect(impatient).rejects.toThrow('enough');
  });

  it('are not opened when somebody has changed them', async () => {
    const block = await commit(ledger, put({ a: '1' }));
    await ledger.close();
    const disk = checkedDisk(await openLevelDisk(channel.directory));
    const forged = Buffer.from(block.bytes);
    const at = forged.indexOf('the proposal');
    forged.write('a proposal', at);
    await disk.write([{ key: keys.block(1), value: forged }], { sync: true });
    await disk.close();
    await expect(channel.open()).rejects.toThrow(LedgerDamaged);
  });
});

describe('state', () => {
  it('holds values with version and metadata; a new value keeps metadata, a deletion drops them', async () => {
    const policy = parsePolicy(`OutOf(2, 'A.peer', 'B.peer')`);
    await commit(
      ledger,
      transact(channel, { cc: { writes: { a: '1' }, policies: { a: policy, none: policy } } }),
    );
    await commit(ledger, put({ a: '2' }));
    let snapshot = ledger.snapshot();
    const entry = snapshot.get('cc', 'a');
    expect(entry).toMatchObject({ key: 'a', value: Buffer.from('2'), version: { block: 2, tx: 0 } });
    expect(Buffer.from(entry?.metadata.get('VALIDATION_PARAMETER') ?? [])).toEqual(
      Buffer.from(policy.serializeBinary()),
    );
    expect(snapshot.get('cc', 'none')).toBeUndefined();
    snapshot.close();
    await commit(ledger, put({ a: null }));
    await commit(ledger, put({ a: '3' }));
    snapshot = ledger.snapshot();
    expect(snapshot.get('cc', 'a')?.metadata.size).toBe(0);
    snapshot.close();
  });

  it('is listed in byte order, within its namespace', async () => {
    const composite = '\u0000type\u0000one\u0000';
    await commit(ledger, put({ b: '1', a: '1', é: '1', '😀': '1', '\uffee': '1', [composite]: '1' }));
    expect(await range('', '')).toEqual([composite, 'a', 'b', 'é', '\uffee', '😀']);
    expect(await range('a', 'b')).toEqual(['a']);
    expect(await range('\u0001', '')).not.toContain(composite);
    expect(await range('b', 'a')).toEqual([]);
  });

  it('stands still in a snapshot', async () => {
    await commit(ledger, put({ a: '1' }));
    const snapshot = ledger.snapshot();
    await commit(ledger, put({ a: '2', b: '1' }));
    expect(snapshot.get('cc', 'a')?.value.toString()).toBe('1');
    expect(snapshot.get('cc', 'b')).toBeUndefined();
    expect(snapshot.height).toBe(2);
    snapshot.close();
  });

  it('remembers every value of a key, newest first, deletions included', async () => {
    await commit(ledger, put({ a: '1', aa: 'x' }));
    const both = [put({ a: '2' }), put({ a: null })];
    await commit(ledger, ...both, transact(channel, { cc: { writes: { a: 'no' } } }, { by: [] }));
    await commit(ledger, put({ a: '3' }));
    const snapshot = ledger.snapshot();
    const past = [];
    const ids = [];
    for await (const { value, isDelete, version, txId } of snapshot.history('cc', 'a')) {
      past.push([value.toString(), isDelete, version.block, version.tx]);
      ids.push(txId);
    }
    snapshot.close();
    expect(past).toEqual([
      ['3', false, 3, 0],
      ['', true, 2, 1],
      ['2', false, 2, 0],
      ['1', false, 1, 0],
    ]);
    expect(ids.slice(1, 3)).toEqual([both[1]?.txId, both[0]?.txId]);
  });

  it('is summed up in a commit hash that is chained', async () => {
    const hashes = [];
    for (const value of ['1', '1']) {
      const block = await commit(ledger, put({ a: value }));
      const entry = block.message.getMetadata()?.getMetadataList_asU8()[
        common.BlockMetadataIndex.COMMIT_HASH
      ];
      hashes.push(common.Metadata.deserializeBinary(entry ?? new Uint8Array()).getValue_asB64());
    }
    expect(new Set(hashes).size).toBe(2);
    expect(Buffer.from(hashes[0] ?? '', 'base64')).toHaveLength(sha256().length);
  });
});
