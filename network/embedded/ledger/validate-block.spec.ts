import 'reflect-metadata';
import { common, peer } from '@hyperledger/fabric-protos';
import { parsePolicy } from '../msp/parse-policy.js';
import type { ChannelLedger } from './channel-ledger.js';
import { codesOf, commit, specChannel, transact, type SpecChannel } from './testing/spec-channel.js';
import { specOrganisation } from './testing/spec-organisation.js';
import { specReadWriteSet } from './testing/spec-read-write-set.js';

const { TxValidationCode: Code } = peer;

let channel: SpecChannel;
let ledger: ChannelLedger;
beforeAll(async () => {
  channel = await specChannel();
  ledger = await channel.open();
});
afterAll(async () => {
  await ledger.close();
  await channel.remove();
});

const put = (key: string, value = 'v') => ({ cc: { writes: { [key]: value } } });
const height = () => ledger.height;

describe('an envelope by itself', () => {
  it('is valid when everything is in order', async () => {
    expect(await codesOf(ledger, transact(channel, put('a')))).toEqual([Code.VALID]);
  });

  it('must exist and be readable', async () => {
    const codes = await codesOf(ledger, { bytes: new Uint8Array() }, { bytes: Buffer.from('0affff', 'hex') });
    expect(codes).toEqual([Code.NIL_ENVELOPE, Code.INVALID_OTHER_REASON]);
  });

  it('must carry a readable payload', async () => {
    const envelope = new common.Envelope();
    envelope.setPayload(Buffer.from('0affff', 'hex'));
    expect(await codesOf(ledger, { bytes: envelope.serializeBinary() })).toEqual([Code.BAD_PAYLOAD]);
  });

  it('must have complete headers of a known type in epoch 0', async () => {
    const codes = await codesOf(
      ledger,
      transact(channel, put('b'), { nonce: new Uint8Array() }),
      transact(channel, put('b'), { epoch: 1 }),
      transact(channel, put('b'), { type: common.HeaderType.MESSAGE }),
    );
    expect(codes).toEqual([Code.BAD_COMMON_HEADER, Code.BAD_COMMON_HEADER, Code.BAD_COMMON_HEADER]);
  });

  it('must be signed by its creator, who must be somebody', async () => {
    const stranger = await specOrganisation('A').enrol('stranger', 'client');
    const nobody = await channel.organisations.A.enrol('nobody');
    const both = await channel.organisations.A.enrol('both', 'client', 'peer');
    const codes = await codesOf(
      ledger,
      transact(channel, put('c'), { signature: () => Buffer.from('no signature') }),
      transact(channel, put('c'), { signature: (payload) => channel.peers.A.sign(payload) }),
      transact(channel, put('c'), { creator: stranger }),
      transact(channel, put('c'), { creator: nobody }),
      transact(channel, put('c'), { creator: both }),
    );
    expect(codes).toEqual(new Array(5).fill(Code.BAD_CREATOR_SIGNATURE));
  });

  it('must have the id that its nonce and creator give', async () => {
    const codes = await codesOf(ledger, transact(channel, put('d'), { txId: '00'.repeat(32) }));
    expect(codes).toEqual([Code.BAD_PROPOSAL_TXID]);
  });

  it('must have one action that answers its own proposal', async () => {
    const codes = await codesOf(
      ledger,
      transact(channel, put('e'), { actions: 0 }),
      transact(channel, put('e'), { actions: 2 }),
      transact(channel, put('e'), { proposalHash: Buffer.alloc(32) }),
    );
    expect(codes).toEqual(new Array(3).fill(Code.INVALID_ENDORSER_TRANSACTION));
  });

  it('must be for this channel and of a type that peers take', async () => {
    const codes = await codesOf(
      ledger,
      transact(channel, put('f'), { channel: 'elsewhere' }),
      transact(channel, put('f'), { type: common.HeaderType.CONFIG_UPDATE }),
    );
    expect(codes).toEqual([Code.TARGET_CHAIN_NOT_FOUND, Code.UNSUPPORTED_TX_PAYLOAD]);
  });

  it('must name a chaincode of the channel, the same everywhere, with a version', async () => {
    const codes = await codesOf(
      ledger,
      transact(channel, { unknown: { writes: { x: 'y' } } }, { chaincode: 'unknown' }),
      transact(channel, put('g'), { headerChaincode: 'other' }),
      transact(channel, put('g'), { headerChaincode: null }),
      transact(channel, put('g'), { version: '' }),
      transact(channel, put('g'), { eventOf: 'other' }),
      transact(channel, put('g'), { eventOf: 'cc' }),
    );
    expect(codes).toEqual([
      Code.INVALID_CHAINCODE,
      Code.INVALID_CHAINCODE,
      Code.INVALID_OTHER_REASON,
      Code.INVALID_CHAINCODE,
      Code.INVALID_OTHER_REASON,
      Code.VALID,
    ]);
  });

  it('must have a readable write set without twins', async () => {
    const { publicBytes } = specReadWriteSet(put('h'));
    const codes = await codesOf(
      ledger,
      transact(channel, {}, { results: Buffer.from('0affff', 'hex') }),
      // Two encoded messages one after another are one message with both their lists.
      transact(channel, {}, { results: Buffer.concat([publicBytes, publicBytes]) }),
    );
    expect(codes).toEqual([Code.BAD_RWSET, Code.ILLEGAL_WRITESET]);
  });
});

describe('a transaction id', () => {
  it('counts once in a block and once on the ledger', async () => {
    const once = transact(channel, put('i'));
    expect(await codesOf(ledger, once, once)).toEqual([Code.VALID, Code.DUPLICATE_TXID]);
    expect(await codesOf(ledger, once)).toEqual([Code.DUPLICATE_TXID]);
    expect(ledger.status(once.txId)).toMatchObject({ block: height() - 2, index: 0, code: Code.VALID });
  });
});

describe('endorsements', () => {
  it('must satisfy the chaincode’s policy, each identity counting once', async () => {
    const { A, B, C } = channel.peers;
    const second = await channel.organisations.A.enrol('another peer', 'peer');
    const codes = await codesOf(
      ledger,
      transact(channel, put('j'), { by: [A] }),
      transact(channel, put('j'), { by: [A, A] }),
      transact(channel, put('j'), { by: [A, second] }),
      transact(channel, put('j'), { by: [A, channel.client] }),
      transact(channel, put('j'), { by: [C, B] }),
      transact(channel, {}, { by: [A] }),
    );
    const bad = Code.ENDORSEMENT_POLICY_FAILURE;
    expect(codes).toEqual([bad, bad, bad, bad, Code.VALID, bad]);
  });

  it('must be for what the transaction says', async () => {
    const swapResults = Buffer.from([]);
    const codes = await codesOf(ledger, transact(channel, put('k'), { swapResults }));
    expect(codes).toEqual([Code.ENDORSEMENT_POLICY_FAILURE]);
  });

  it('must satisfy the policies of all chaincodes that are written to', async () => {
    const { A, B, C } = channel.peers;
    const both = { cc: { writes: { l: '1' } }, other: { writes: { l: '1' } } };
    const reads = { cc: { writes: { l2: '1' } }, other: { reads: { none: null } } };
    const codes = await codesOf(
      ledger,
      transact(channel, both, { by: [A, B] }),
      transact(channel, both, { by: [A, C] }),
      transact(channel, reads, { by: [A, B] }),
    );
    expect(codes).toEqual([Code.ENDORSEMENT_POLICY_FAILURE, Code.VALID, Code.VALID]);
  });

  it('must satisfy a collection’s own policy, and the collection must exist', async () => {
    const { A, B, C } = channel.peers;
    const strict = { cc: { collections: { strict: { writes: { m: '1' } } } } };
    const unknown = { cc: { collections: { nowhere: { writes: { m: '1' } } } } };
    const codes = await codesOf(
      ledger,
      transact(channel, strict, { by: [A, C] }),
      transact(channel, strict, { by: [A, B] }),
      transact(channel, unknown),
    );
    expect(codes).toEqual([Code.ENDORSEMENT_POLICY_FAILURE, Code.VALID, Code.ENDORSEMENT_POLICY_FAILURE]);
  });

  it('must satisfy a key’s own policy instead of the chaincode’s, public or private', async () => {
    const { A, B, C } = channel.peers;
    const policies = { n: parsePolicy(`AND('C.peer')`) };
    await commit(ledger, transact(channel, { cc: { writes: { n: '1' }, policies } }));
    await commit(
      ledger,
      transact(channel, { cc: { collections: { ab: { writes: { n: '1' }, policies } } } }),
    );
    const secret = { cc: { collections: { ab: { writes: { n: '2' } } } } };
    const codes = await codesOf(
      ledger,
      transact(channel, put('n'), { by: [A, B] }),
      transact(channel, put('n'), { by: [C] }),
      transact(channel, secret, { by: [A, B] }),
      transact(channel, secret, { by: [C] }),
      transact(channel, { cc: { writes: { n: '3', n2: '3' } } }, { by: [C] }),
      transact(channel, { cc: { writes: { n: null } } }, { by: [A, B] }),
    );
    const bad = Code.ENDORSEMENT_POLICY_FAILURE;
    expect(codes).toEqual([bad, Code.VALID, bad, Code.VALID, bad, bad]);
  });

  it('fail for a key whose policy changes earlier in the block, and follow the new policy afterwards', async () => {
    const { A, B } = channel.peers;
    await commit(ledger, transact(channel, put('o')));
    const policies = { o: parsePolicy(`AND('A.peer')`) };
    const change = { cc: { policies } };
    const codes = await codesOf(
      ledger,
      transact(channel, change, { by: [A] }),
      transact(channel, put('o'), { by: [A, B] }),
      transact(channel, change, { by: [A, B] }),
      transact(channel, put('o'), { by: [A, B] }),
    );
    const bad = Code.ENDORSEMENT_POLICY_FAILURE;
    expect(codes).toEqual([bad, Code.VALID, Code.VALID, bad]);
    expect(await codesOf(ledger, transact(channel, put('o'), { by: [A] }))).toEqual([Code.VALID]);
  });

  it('fail when the key’s policy cannot be read', async () => {
    const broken = parsePolicy(`AND('A.peer')`);
    broken.setIdentitiesList([]);
    await commit(ledger, transact(channel, { cc: { writes: { p: '1' }, policies: { p: broken } } }));
    expect(await codesOf(ledger, transact(channel, put('p')))).toEqual([Code.ENDORSEMENT_POLICY_FAILURE]);
  });
});

describe('reads', () => {
  const read = (key: string, version: { block: number; tx: number } | null, write = key) => ({
    cc: { reads: { [key]: version }, writes: { [write]: 'new' } },
  });

  it('must be of the committed version', async () => {
    await commit(ledger, transact(channel, put('q')));
    const version = { block: height() - 1, tx: 0 };
    const codes = await codesOf(
      ledger,
      transact(channel, read('q', null)),
      transact(channel, read('q', { ...version, tx: 1 })),
      transact(channel, read('q', version)),
      transact(channel, read('q', version)),
      transact(channel, read('never', null)),
    );
    const stale = Code.MVCC_READ_CONFLICT;
    expect(codes).toEqual([stale, stale, Code.VALID, stale, Code.VALID]);
  });

  it('notice deletions in the block, but not transactions that failed', async () => {
    await commit(ledger, transact(channel, { cc: { writes: { r: '1', s: '1' } } }));
    const version = { block: height() - 1, tx: 0 };
    const codes = await codesOf(
      ledger,
      transact(channel, { cc: { writes: { r: null } } }),
      transact(channel, read('r', version, 'r2')),
      transact(channel, put('s'), { by: [channel.peers.A] }),
      transact(channel, read('s', version)),
    );
    expect(codes).toEqual([Code.VALID, Code.MVCC_READ_CONFLICT, Code.ENDORSEMENT_POLICY_FAILURE, Code.VALID]);
  });

  it('of private keys are checked by their hashes', async () => {
    await commit(ledger, transact(channel, { cc: { collections: { ab: { writes: { t: '1' } } } } }));
    const version = { block: height() - 1, tx: 0 };
    const reads = (key: Record<string, typeof version | null>) => ({
      cc: { collections: { ab: { reads: key, writes: { t: '2' } } } },
    });
    const codes = await codesOf(
      ledger,
      transact(channel, reads({ t: null })),
      transact(channel, reads({ t: version })),
      transact(channel, reads({ t: version })),
    );
    expect(codes).toEqual([Code.MVCC_READ_CONFLICT, Code.VALID, Code.MVCC_READ_CONFLICT]);
  });
});

describe('ranges', () => {
  const range = (start: string, end: string, exhausted: boolean, ...seen: string[]) => {
    const snapshot = ledger.snapshot();
    const versions = seen.map(
      (key) => [key, snapshot.get('cc', key)?.version ?? { block: 0, tx: 0 }] as const,
    );
    snapshot.close();
    return {
      cc: {
        ranges: [{ start, end, exhausted, seen: Object.fromEntries(versions) }],
        writes: { [`result-${String(Math.random())}`]: 'x' },
      },
    };
  };

  beforeAll(async () => {
    await commit(ledger, transact(channel, { cc: { writes: { 'u-1': '1', 'u-3': '1', 'u-5': '1' } } }));
  });

  it('must hold the same keys at the same versions', async () => {
    const codes = await codesOf(
      ledger,
      transact(channel, range('u-', 'u-9', true, 'u-1', 'u-3', 'u-5')),
      transact(channel, range('u-', 'u-5', true, 'u-1', 'u-3')),
      transact(channel, range('u-', 'u-3', false, 'u-1', 'u-3')),
      transact(channel, range('u-6', 'u-7', true)),
      transact(channel, range('u-', 'u-9', true, 'u-1', 'u-5')),
      transact(channel, range('u-', 'u-9', true, 'u-1', 'u-3', 'u-4', 'u-5')),
    );
    const phantom = Code.PHANTOM_READ_CONFLICT;
    expect(codes).toEqual([Code.VALID, Code.VALID, Code.VALID, Code.VALID, phantom, phantom]);
  });

  it('see what the block has written, in its place, and deleted', async () => {
    const all = range('u-', 'u-9', true, 'u-1', 'u-3', 'u-5');
    const first = range('u-', 'u-1', false, 'u-1');
    const codes = await codesOf(
      ledger,
      transact(channel, put('u-2')),
      transact(channel, all),
      transact(channel, first),
      transact(channel, { cc: { writes: { 'u-2': null } } }),
      transact(channel, all),
      transact(channel, { cc: { writes: { 'u-3': null } } }),
      transact(channel, all),
    );
    const phantom = Code.PHANTOM_READ_CONFLICT;
    expect(codes).toEqual([Code.VALID, phantom, Code.VALID, Code.VALID, Code.VALID, Code.VALID, phantom]);
  });
});
