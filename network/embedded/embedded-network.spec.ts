import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import { common, msp as mspProtos, peer } from '@hyperledger/fabric-protos';
import { CommitError, EndorseError, GatewayError } from '@hyperledger/fabric-gateway';
import { listening } from './ca/server.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { connectTo, enrol, text, type Connected, type Enrolled } from './testing/client.js';
import { NetworkProcess, failingStart } from './testing/network-process.js';

// Many processes start here, on machines that have other things to do too.
jest.setTimeout(60_000);

const portBase = 7100;
/** Port of the first organisation's chaincode server, from the base. */
const firstChaincode = 12;
const both = ['AlphaMSP', 'BetaMSP'];
interface Page {
  readonly pairs: readonly { readonly key: string }[];
  readonly bookmark: string;
}

/** A matcher with a type. */
const containing = (part: string): unknown => expect.stringContaining(part);
const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);
const utf8 = (value: string): Buffer => Buffer.from(value);

describe('the embedded network, seen by the published fabric-gateway client', () => {
  const stateDir = temporaryFolder('embedded-network');
  let running: NetworkProcess;
  let clerk: Enrolled;
  let outsider: Enrolled;
  let alpha: Connected;
  let gamma: Connected;

  beforeAll(async () => {
    running = await NetworkProcess.start(stateDir, portBase);
    clerk = await enrol(running, 'alpha', 'clerk');
    outsider = await enrol(running, 'gamma', 'clerk');
    alpha = connectTo(running.profile, 'alpha', clerk);
    gamma = connectTo(running.profile, 'gamma', outsider);
  });

  afterAll(async () => {
    alpha.close();
    gamma.close();
    await running.stop();
  });

  const get = async (key: string): Promise<string> =>
    text(await alpha.contract.evaluateTransaction('get', key));

  describe('transactions', () => {
    it('writes and reads', async () => {
      await alpha.contract.submitTransaction('put', 'colour', 'red');
      expect(await get('colour')).toBe('red');
      await alpha.contract.submitTransaction('remove', 'colour');
      expect(await get('colour')).toBe('');
    });

    it('commits what two of three organisations named by the client endorse', async () => {
      await gamma.contract.submit('put', { arguments: ['two', 'yes'], endorsingOrganizations: both });
      expect(await get('two')).toBe('yes');
    });

    it('marks as invalid what too few organisations endorse', async () => {
      const submitting = gamma.contract.submit('put', {
        arguments: ['one', 'no'],
        endorsingOrganizations: ['GammaMSP'],
      });
      await expect(submitting).rejects.toMatchObject({
        code: peer.TxValidationCode.ENDORSEMENT_POLICY_FAILURE,
      });
      expect(await get('one')).toBe('');
    });

    it('lets one of twenty simultaneous changes of a value win', async () => {
      await alpha.contract.submitTransaction('put', 'counter', '0');
      const outcomes = await Promise.allSettled(
        Array.from({ length: 20 }, async () => {
          const proposal = alpha.contract.newProposal('increment', { arguments: ['counter'] });
          return proposal.endorse();
        }),
      );
      const endorsed = outcomes.map((outcome) => {
        if (outcome.status === 'rejected') throw outcome.reason;
        return outcome.value;
      });
      const statuses = await Promise.all(
        endorsed.map(async (transaction) => (await transaction.submit()).getStatus()),
      );
      const codes = statuses.map(({ code }) => code);
      expect(codes.filter((code) => code === peer.TxValidationCode.VALID)).toHaveLength(1);
      expect(codes.filter((code) => code === peer.TxValidationCode.MVCC_READ_CONFLICT)).toHaveLength(19);
      expect(await get('counter')).toBe('1');
    });

    it('refuses a phantom', async () => {
      await alpha.contract.submitTransaction('putMany', 'p-', '3');
      const transaction = await alpha.contract
        .newProposal('countInto', { arguments: ['p-', 'p-~', 'count'] })
        .endorse();
      await alpha.contract.submitTransaction('put', 'p-0001a', 'new');
      const { code } = await (await transaction.submit()).getStatus();
      expect(code).toBe(peer.TxValidationCode.PHANTOM_READ_CONFLICT);
    });

    it('checks ranges of any length', async () => {
      await alpha.contract.submitTransaction('putMany', 'long-', '120');
      await alpha.contract.submitTransaction('countInto', 'long-', 'long-~', 'long count');
      expect(await get('long count')).toBe('120');
      const transaction = await alpha.contract
        .newProposal('countInto', { arguments: ['long-', 'long-~', 'long count'] })
        .endorse();
      await alpha.contract.submitTransaction('put', 'long-0100', 'changed');
      const { code } = await (await transaction.submit()).getStatus();
      expect(code).toBe(peer.TxValidationCode.PHANTOM_READ_CONFLICT);
    });
  });

  describe('queries', () => {
    it('pages through a range', async () => {
      await alpha.contract.submitTransaction('putMany', 'page-', '5');
      const page = async (bookmark: string): Promise<Page> =>
        JSON.parse(
          text(await alpha.contract.evaluateTransaction('page', 'page-', 'page-~', '2', bookmark)),
        ) as Page;
      const first = await page('');
      expect(first.pairs.map(({ key }) => key)).toEqual(['page-0000', 'page-0001']);
      expect(first.bookmark).toBe('page-0002');
      const last = await page('page-0004');
      expect(last.pairs.map(({ key }) => key)).toEqual(['page-0004']);
      expect(last.bookmark).toBe('');
    });

    it('tells the history of a key, newest first', async () => {
      await alpha.contract.submitTransaction('put', 'old', 'a');
      await alpha.contract.submitTransaction('put', 'old', 'b');
      await alpha.contract.submitTransaction('remove', 'old');
      const entries = JSON.parse(
        text(await alpha.contract.evaluateTransaction('history', 'old')),
      ) as unknown[];
      expect(entries).toMatchObject([{ isDelete: true }, { value: 'b' }, { value: 'a' }]);
    });

    it('refuses rich queries as LevelDB does', async () => {
      await expect(alpha.contract.evaluateTransaction('richQuery')).rejects.toThrow(
        /GET_QUERY_RESULT failed: transaction ID: [0-9a-f]+: ExecuteQuery not supported for leveldb/,
      );
    });

    it('refuses to call a chaincode that does not exist, and itself', async () => {
      await expect(alpha.contract.evaluateTransaction('callOther', 'nothing')).rejects.toThrow(
        /INVOKE_CHAINCODE failed.*chaincode nothing not found/,
      );
      await expect(alpha.contract.evaluateTransaction('callOther', 'tool')).rejects.toThrow(/exists/);
    });
  });

  describe('private data', () => {
    const secret = utf8('the price is 12');

    beforeAll(async () => {
      await alpha.contract.submit('putPrivate', {
        arguments: ['shared', 'price'],
        transientData: { value: secret },
        endorsingOrganizations: both,
      });
    });

    it('is held by members and known by its hash to others', async () => {
      expect(text(await alpha.contract.evaluateTransaction('getPrivate', 'shared', 'price'))).toBe(
        secret.toString(),
      );
      await expect(gamma.contract.evaluateTransaction('getPrivate', 'shared', 'price')).rejects.toThrow(
        /private data matching public hash version is not available/,
      );
      const expected = createHash('sha256').update(secret).digest('hex');
      expect(text(await gamma.contract.evaluateTransaction('getPrivateHash', 'shared', 'price'))).toBe(
        expected,
      );
      expect(text(await alpha.contract.evaluateTransaction('rangePrivate', 'shared'))).toContain('price');
    });

    it('keeps clients of other organisations away from a guarded collection', async () => {
      await expect(
        gamma.contract.evaluate('getPrivate', {
          arguments: ['guarded', 'k'],
          endorsingOrganizations: ['AlphaMSP'],
        }),
      ).rejects.toThrow(
        'tx creator does not have read access permission on privatedata in chaincodeName:tool collectionName: guarded',
      );
      await expect(alpha.contract.evaluateTransaction('getPrivate', 'missing', 'k')).rejects.toThrow(
        'collection testing/tool/missing could not be found',
      );
    });

    it('comes with the block for members only', async () => {
      const write = async (): Promise<bigint> => {
        const commit = await alpha.contract.submitAsync('putPrivate', {
          arguments: ['shared', 'streamed'],
          transientData: { value: secret },
          endorsingOrganizations: both,
        });
        return (await commit.getStatus()).blockNumber;
      };
      const number = await write();
      const collectionsSeenBy = async (from: Connected): Promise<string[]> => {
        const blocks = await from.network.getBlockAndPrivateDataEvents({ startBlock: number });
        try {
          for await (const event of blocks) {
            const names: string[] = [];
            event.getPrivateDataMapMap().forEach((set) => {
              for (const namespace of set.getNsPvtRwsetList()) {
                names.push(...namespace.getCollectionPvtRwsetList().map((one) => one.getCollectionName()));
              }
            });
            return names;
          }
          return [];
        } finally {
          blocks.close();
        }
      };
      expect(await collectionsSeenBy(alpha)).toEqual(['shared']);
      expect(await collectionsSeenBy(gamma)).toEqual([]);
    });

    it('can be purged', async () => {
      await alpha.contract.submit('purgePrivate', {
        arguments: ['shared', 'price'],
        endorsingOrganizations: both,
      });
      expect(text(await alpha.contract.evaluateTransaction('getPrivate', 'shared', 'price'))).toBe('');
    });

    it('asks only members to endorse when the client names nobody', async () => {
      await alpha.contract.submit('putPrivate', {
        arguments: ['shared', 'planned'],
        transientData: { value: secret },
      });
      expect(text(await alpha.contract.evaluateTransaction('getPrivate', 'shared', 'planned'))).toBe(
        secret.toString(),
      );
      await expect(
        gamma.contract.submit('putPrivate', { arguments: ['shared', 'x'], transientData: { value: secret } }),
      ).resolves.toBeDefined();
    });
  });

  describe('errors', () => {
    it('says what each endorser said', async () => {
      const attempt = alpha.contract.submit('refuse', {
        arguments: ['CODE {"a":1}'],
        endorsingOrganizations: both,
      });
      await expect(attempt).rejects.toBeInstanceOf(EndorseError);
      const error = await attempt.catch((reason: unknown) => reason as EndorseError);
      expect(error).toMatchObject({ code: status.ABORTED });
      expect((error as EndorseError).details).toEqual(
        expect.arrayContaining([
          { address: 'localhost:7110', mspId: 'AlphaMSP', message: 'chaincode response 500, CODE {"a":1}' },
          { address: 'localhost:7120', mspId: 'BetaMSP', message: 'chaincode response 500, CODE {"a":1}' },
        ]),
      );
    });

    it('says that endorsers disagree', async () => {
      const attempt = alpha.contract.submit('disagree', { endorsingOrganizations: both });
      const error = await attempt.catch((reason: unknown) => reason as EndorseError);
      expect((error as EndorseError).details.map(({ message }) => message)).toEqual([
        'ProposalResponsePayloads do not match',
      ]);
    });

    it('names the code of a failed evaluation', async () => {
      const error = await alpha.contract
        .evaluateTransaction('refuse', 'NO')
        .catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(GatewayError);
      expect(error).toMatchObject({
        code: status.UNKNOWN,
        details: [{ mspId: 'AlphaMSP', message: 'chaincode response 500, NO' }],
      });
    });

    it('refuses somebody whose signature is not their own', async () => {
      const impostor = connectTo(running.profile, 'alpha', { ...clerk, key: outsider.key });
      const error = await impostor.contract
        .evaluateTransaction('get', 'x')
        .catch((reason: unknown) => reason);
      impostor.close();
      expect(error).toMatchObject({
        code: status.FAILED_PRECONDITION,
        details: [{ message: containing('access denied: channel [testing] creator org [AlphaMSP]') }],
      });
    });

    it('refuses to endorse a transaction that was committed before', async () => {
      const proposal = alpha.contract.newProposal('put', { arguments: ['again', '1'] });
      const commit = await (await proposal.endorse()).submit();
      await commit.getStatus();
      await expect(proposal.endorse()).rejects.toMatchObject({
        details: [{ message: containing(`duplicate transaction found [${proposal.getTransactionId()}]`) }],
      });
    });

    it('knows no other channel, chaincode or organisation', async () => {
      const elsewhere = alpha.gateway.getNetwork('elsewhere').getContract('tool');
      await expect(elsewhere.evaluateTransaction('get', 'x')).rejects.toMatchObject({
        code: status.UNAVAILABLE,
      });
      const unknown = alpha.network.getContract('unknown');
      await expect(unknown.evaluateTransaction('get', 'x')).rejects.toThrow(
        'no peers available to evaluate chaincode unknown in channel testing',
      );
      await expect(
        alpha.contract.submit('put', { arguments: ['a', 'b'], endorsingOrganizations: ['DeltaMSP'] }),
      ).rejects.toThrow('failed to find any endorsing peers for org(s): DeltaMSP');
    });
  });

  describe('events', () => {
    it('are replayed from a block and continue after a transaction', async () => {
      const submitted: string[] = [];
      let first = 0n;
      for (const name of ['one', 'two', 'three']) {
        const commit = await alpha.contract.submitAsync('emit', { arguments: [name, `payload of ${name}`] });
        const { blockNumber } = await commit.getStatus();
        if (first === 0n) first = blockNumber;
        submitted.push(commit.getTransactionId());
      }
      const take = async (count: number, options: object): Promise<string[]> => {
        const events = await alpha.network.getChaincodeEvents('tool', options);
        const names: string[] = [];
        try {
          for await (const event of events) {
            names.push(`${event.eventName}: ${text(event.payload)}`);
            if (names.length === count) break;
          }
        } finally {
          events.close();
        }
        return names;
      };
      expect(await take(3, { startBlock: first })).toEqual([
        'one: payload of one',
        'two: payload of two',
        'three: payload of three',
      ]);
      const checkpoint = { getBlockNumber: () => first, getTransactionId: () => submitted[0] };
      expect(await take(2, { checkpoint })).toEqual(['two: payload of two', 'three: payload of three']);
    });

    it('come with blocks, whole and filtered', async () => {
      const commit = await alpha.contract.submitAsync('put', { arguments: ['in a block', 'yes'] });
      const { blockNumber } = await commit.getStatus();
      const blocks = await gamma.network.getBlockEvents({ startBlock: blockNumber });
      for await (const block of blocks) {
        expect(block.getHeader()?.getNumber()).toBe(Number(blockNumber));
        break;
      }
      blocks.close();
      const filtered = await gamma.network.getFilteredBlockEvents({ startBlock: blockNumber });
      for await (const block of filtered) {
        expect(block.getFilteredTransactionsList().map((one) => one.getTxid())).toContain(
          commit.getTransactionId(),
        );
        break;
      }
      filtered.close();
    });
  });

  describe('key-level endorsement', () => {
    it('holds instead of the policy of the chaincode', async () => {
      await alpha.contract.submitTransaction('put', 'owned', '1');
      await alpha.contract.submitTransaction('setPolicy', 'owned', policyOf('GammaMSP'));
      const set = (endorsingOrganizations: string[]): Promise<Uint8Array> =>
        alpha.contract.submit('put', { arguments: ['owned', '2'], endorsingOrganizations });
      await expect(set(both)).rejects.toBeInstanceOf(CommitError);
      await set(['GammaMSP']);
      expect(await get('owned')).toBe('2');
    });

    it('is found out by the gateway', async () => {
      await alpha.contract.submitTransaction('put', 'found', '1');
      await alpha.contract.submitTransaction('setPolicy', 'found', policyOf('GammaMSP'));
      await alpha.contract.submitTransaction('put', 'found', '2');
      expect(await get('found')).toBe('2');
    });
  });

  describe('the query system chaincode', () => {
    const query = async (...args: string[]): Promise<Uint8Array> =>
      alpha.network.getContract('qscc').evaluateTransaction(args[0] ?? '', 'testing', ...args.slice(1));

    it('knows the chain, its blocks and transactions', async () => {
      const commit = await alpha.contract.submitAsync('put', { arguments: ['q', '1'] });
      const { blockNumber } = await commit.getStatus();
      const txId = commit.getTransactionId();
      const info = common.BlockchainInfo.deserializeBinary(await query('GetChainInfo'));
      expect(info.getHeight()).toBeGreaterThan(Number(blockNumber));
      const byNumber = common.Block.deserializeBinary(await query('GetBlockByNumber', String(blockNumber)));
      const byTxId = common.Block.deserializeBinary(await query('GetBlockByTxID', txId));
      expect(Buffer.from(byTxId.serializeBinary())).toEqual(Buffer.from(byNumber.serializeBinary()));
      const transaction = peer.ProcessedTransaction.deserializeBinary(
        await query('GetTransactionByID', txId),
      );
      expect(transaction.getValidationcode()).toBe(peer.TxValidationCode.VALID);
    });

    it('says what it does not know', async () => {
      await expect(query('GetBlockByNumber', '100000')).rejects.toThrow(/Failed to get block number 100000/);
      await expect(query('Nothing', 'x')).rejects.toThrow('Requested function Nothing not found.');
    });
  });

  describe('a chaincode server that dies', () => {
    const terminated = (mspId: string): unknown =>
      expect.objectContaining({
        mspId,
        message: matching(/error in simulation: .*: chaincode stream terminated$/),
      });

    /** All of them: the second starts some seconds after the network is ready. */
    const serversRunning = async (): Promise<number[]> => {
      for (;;) {
        const health = await fetch(`http://127.0.0.1:${portBase}/healthz`);
        const { chaincodeServers } = (await health.json()) as { chaincodeServers: { pid?: number }[] };
        const pids = chaincodeServers.flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
        if (pids.length === chaincodeServers.length) return pids;
        await sleep(100);
      }
    };

    it('fails the calls under way and is back for the next ones', async () => {
      const servers = await serversRunning();
      const outcome = alpha.contract
        .submit('pause', { arguments: ['20000'], endorsingOrganizations: both })
        .catch((reason: unknown) => reason);
      await alpha.contract.evaluateTransaction('get', 'x');
      for (const pid of servers) process.kill(pid, 'SIGKILL');
      expect(await outcome).toMatchObject({
        code: status.ABORTED,
        // Whichever peer lost its server first is named first.
        details: expect.arrayContaining([terminated('AlphaMSP'), terminated('BetaMSP')]) as unknown,
      });
      const put = (): Promise<boolean> =>
        alpha.contract.submitTransaction('put', 'after the crash', 'yes').then(
          () => true,
          () => false,
        );
      // A peer that has not noticed yet may fail one more call.
      expect((await put()) || (await put()) || (await put())).toBe(true);
      expect(await get('after the crash')).toBe('yes');
    });
  });

  describe('starting again', () => {
    it('resumes where it stopped, also after it was killed', async () => {
      await alpha.contract.submitTransaction('put', 'kept', 'once');
      const startAgain = async (): Promise<void> => {
        alpha.close();
        running = await NetworkProcess.start(stateDir, portBase);
        alpha = connectTo(running.profile, 'alpha', clerk);
      };
      expect(await running.stop()).toBe(0);
      await startAgain();
      expect(await get('kept')).toBe('once');
      await alpha.contract.submitTransaction('put', 'kept', 'twice');
      expect(await running.stop('SIGKILL')).toBe('SIGKILL');
      await startAgain();
      expect(await get('kept')).toBe('twice');
    });

    it('says so when the folder or a port is taken', async () => {
      expect(await failingStart(stateDir, portBase + 100)).toMatchObject({
        code: 1,
        said: matching(/STATE_IN_USE: .*\n.*--state/),
      });
      const another = temporaryFolder('embedded-network');
      expect(await failingStart(another, portBase)).toMatchObject({
        code: 1,
        said: matching(/PORT_IN_USE: Port 71\d\d .*\n.*--port-base/),
      });
    });

    it('serves with another chaincode server where the first one cannot come up', async () => {
      const folder = temporaryFolder('embedded-network');
      const first = createServer((socket) => socket.destroy());
      await listening(first, portBase + 300 + firstChaincode);
      const other = await NetworkProcess.start(folder, portBase + 300);
      const connected = connectTo(other.profile, 'alpha', await enrol(other, 'alpha', 'clerk'));
      try {
        await connected.contract.submitTransaction('put', 'by the second', 'yes');
        expect(text(await connected.contract.evaluateTransaction('get', 'by the second'))).toBe('yes');
      } finally {
        connected.close();
        await other.stop();
        first.close();
      }
    });

    it('does not start without the last block that it had acknowledged, and names it', async () => {
      const damaged = temporaryFolder('embedded-network');
      const other = await NetworkProcess.start(damaged, portBase + 200);
      const height = async () => {
        const health = await (await fetch(`http://127.0.0.1:${portBase + 200}/healthz`)).json();
        return (health as { height: number }).height;
      };
      const connected = connectTo(other.profile, 'alpha', await enrol(other, 'alpha', 'clerk'));
      await connected.contract.submitTransaction('put', 'drawn', 'once');
      const last = (await height()) - 1;
      connected.close();
      await other.stop();
      const ledger = join(damaged, 'ledger');
      const log = readdirSync(ledger).filter((name) => name.endsWith('.log'));
      const file = join(ledger, log.sort().at(-1) ?? '');
      const bytes = readFileSync(file);
      const at = bytes.lastIndexOf('drawn');
      expect(at).toBeGreaterThan(0);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      writeFileSync(file, bytes);
      expect(await failingStart(damaged, portBase + 200)).toMatchObject({
        code: 1,
        said: matching(new RegExp(`LEDGER_DAMAGED: .*Block ${last} had been acknowledged`)),
      });
    });
  });
});

/** A key-level policy that asks for one organisation's peer, as the ledger stores it. */
function policyOf(mspId: string): string {
  const { MSPPrincipal, MSPRole } = mspProtos;
  const role = new MSPRole();
  role.setMspIdentifier(mspId);
  role.setRole(MSPRole.MSPRoleType.PEER);
  const principal = new MSPPrincipal();
  principal.setPrincipal(role.serializeBinary());
  const signedBy = new common.SignaturePolicy();
  signedBy.setSignedBy(0);
  const needed = new common.SignaturePolicy.NOutOf();
  needed.setN(1);
  needed.setRulesList([signedBy]);
  const rule = new common.SignaturePolicy();
  rule.setNOutOf(needed);
  const envelope = new common.SignaturePolicyEnvelope();
  envelope.setRule(rule);
  envelope.setIdentitiesList([principal]);
  return Buffer.from(envelope.serializeBinary()).toString('base64');
}
