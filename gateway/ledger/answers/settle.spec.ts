import { status } from '@grpc/grpc-js';
import type { Proposal } from '@hyperledger/fabric-gateway';
import { gateway, ledger, peer } from '@hyperledger/fabric-protos';
import { LedgerError } from '@pledgeonce/chaincode/errors.js';
import type { PeerHeights } from '../peer-heights.js';
import type { Signatory } from '../signatory.js';
import { gatewayError } from '../testing/gateway-error.js';
import { government } from '../testing/lagging-peers.js';
import type { Said } from './confer.js';
import { settle } from './settle.js';
import type { Contradiction } from './settle.js';
import type { AnswerReader } from './signed-answer.js';

/** What a node says: an answer from what it read, a refusal, or nothing. */
type Node = { readonly says: string; readonly read: number } | 'refuses' | 'silent';

/** A signed answer in Fabric's form that read one key in the version of a block. */
function answered(says: string, block: number): Uint8Array {
  const version = new ledger.rwset.kvrwset.Version();
  version.setBlockNum(block);
  const read = new ledger.rwset.kvrwset.KVRead();
  read.setKey('F~1');
  read.setVersion(version);
  const reads = new ledger.rwset.kvrwset.KVRWSet();
  reads.setReadsList([read]);
  const set = new ledger.rwset.NsReadWriteSet();
  set.setNamespace('pledgeonce');
  set.setRwset(reads.serializeBinary());
  const results = new ledger.rwset.TxReadWriteSet();
  results.setNsRwsetList([set]);
  const response = new peer.Response();
  response.setPayload(Buffer.from(says));
  const action = new peer.ChaincodeAction();
  action.setResults(results.serializeBinary());
  action.setResponse(response);
  const payload = new peer.ProposalResponsePayload();
  payload.setExtension$(action.serializeBinary());
  return payload.serializeBinary();
}

/**
 * Settles a proposal among the three, which answer anew each round.
 *
 * @param height of a node before and after its answer, by what it says; by default all have the same.
 */
async function settled(
  rounds: readonly (readonly [Node, Node, Node])[],
  height: (mspId: string, look: number) => number | undefined = () => 7,
) {
  const named: Contradiction[] = [];
  let asked = 0;
  let looks = 0;
  const nodeOf = (mspId: string): Node => {
    const round = rounds[Math.min(Math.floor(asked++ / 3), rounds.length - 1)];
    return round?.[(government as readonly string[]).indexOf(mspId)] ?? 'silent';
  };
  const newProposal = (bytes: Uint8Array) => ({
    endorse: () => {
      const [mspId = ''] =
        gateway.ProposedTransaction.deserializeBinary(bytes).getEndorsingOrganizationsList();
      const node = nodeOf(mspId);
      if (node === 'silent') return Promise.reject(gatewayError(status.UNAVAILABLE, 'away'));
      if (node === 'refuses') {
        const refusal = new LedgerError('FACT_NOT_FOUND').message;
        return Promise.reject(gatewayError(status.ABORTED, 'refused', [mspId, refusal]));
      }
      return Promise.resolve({ mspId, response: answered(node.says, node.read) });
    },
  });
  const verdict = await settle(
    {
      signatory: { gateway: () => ({ newProposal }) } as unknown as Signatory,
      entry: 'BankAMSP',
      organisations: government,
      reader: {
        read: (one: object) => [{ ...one, endorser: Buffer.alloc(0), signature: Buffer.alloc(0) }],
      } as unknown as AnswerReader,
      heights: {
        look: (_way: unknown, organisations: readonly string[]) => {
          const look = looks++;
          const all = organisations.map((mspId) => [mspId, height(mspId, look)] as const);
          return Promise.resolve(new Map(all.filter(([, blocks]) => blocks !== undefined)));
        },
      } as unknown as PeerHeights,
      contradicted: (contradiction) => named.push(contradiction),
      timeoutMs: 1_000,
    },
    'verifyDocument',
    {
      getBytes: () => new gateway.ProposedTransaction().serializeBinary(),
      getTransactionId: () => 'tx',
    } as unknown as Proposal,
  );
  const names = (said: readonly Said[]) => said.map(({ mspId }) => mspId);
  return { alike: names(verdict.alike), odd: names(verdict.odd), silent: verdict.silent, named };
}

const honest: Node = { says: 'not-found', read: 3 };

describe('what two of three nodes say', () => {
  it('holds, and the third is named, when it says otherwise of the same state', async () => {
    const { alike, named } = await settled([[{ says: 'match', read: 3 }, honest, honest]], () => undefined);
    expect(alike).toEqual(['TaxMSP', 'RegulatorMSP']);
    expect(named).toMatchObject([{ odd: ['CustomsMSP'], transactionId: 'tx', function: 'verifyDocument' }]);
  });

  it('names a node that says it read something else, when all had the same blocks before and after', async () => {
    const { named } = await settled([[honest, { says: 'match', read: 9 }, honest]]);
    expect(named.map(({ odd }) => odd)).toEqual([['TaxMSP']]);
  });

  it('names a node that alone refuses', async () => {
    const { alike, named } = await settled([[honest, honest, 'refuses']]);
    expect(alike).toEqual(['CustomsMSP', 'TaxMSP']);
    expect(named.map(({ odd }) => odd)).toEqual([['RegulatorMSP']]);
  });

  it('accuses nobody of being a block behind, and asks again until it is not', async () => {
    const behind: Node = { says: 'still there', read: 2 };
    const { alike, odd, named } = await settled(
      [
        [behind, honest, honest],
        [honest, honest, honest],
      ],
      (mspId, look) => (mspId === 'CustomsMSP' && look === 0 ? 6 : 7),
    );
    expect(alike).toEqual(['CustomsMSP', 'TaxMSP', 'RegulatorMSP']);
    expect([odd, named]).toEqual([[], []]);
  });

  it('is enough where a third is for ever behind, which is no lie', async () => {
    const { alike, odd, named } = await settled([[{ says: 'old', read: 1 }, honest, honest]], (mspId) =>
      mspId === 'CustomsMSP' ? 2 : 7,
    );
    expect(alike).toEqual(['TaxMSP', 'RegulatorMSP']);
    expect(odd).toEqual(['CustomsMSP']);
    expect(named).toEqual([]);
  });

  it('is nothing where all three differ, or only one speaks', async () => {
    const three = await settled([
      [
        { says: 'a', read: 3 },
        { says: 'b', read: 3 },
        { says: 'c', read: 3 },
      ],
    ]);
    expect([three.alike, three.named]).toEqual([[], []]);
    const one = await settled([[honest, 'silent', 'silent']]);
    expect([one.alike, one.silent]).toEqual([[], ['TaxMSP', 'RegulatorMSP']]);
  });
});
