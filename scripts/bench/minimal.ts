import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Client, credentials } from '@grpc/grpc-js';
import { connect, hash, signers } from '@hyperledger/fabric-gateway';
import { gateway as messages } from '@hyperledger/fabric-protos';
import { serializeIdentity } from '@pledgeonce/network/embedded/msp/signing-identity.js';
import { ownChaincode } from '@pledgeonce/network/fabric/chaincodes.js';
import { connectionProfile } from '@pledgeonce/network/fabric/connection.js';
import { layoutOf } from '@pledgeonce/network/fabric/layout.js';
import { deployChaincode } from '@pledgeonce/network/fabric/lifecycle/deploy.js';
import type { FabricNetwork } from '@pledgeonce/network/fabric/network.js';
import { reopen } from '@pledgeonce/network/fabric/operate/organisation.js';
import type { StackDescription } from '../stack/description.js';
import { pathsOf } from '../stack/options.js';
import type { BenchOptions } from './benchmark.js';
import type { BesideFigure } from './beside.js';
import { cpuBetween, readCpu } from './cpu.js';
import { inParallel } from './in-parallel.js';

const name = 'minimal';
/** How long a transaction may take to be in a block, on a busy machine. */
const patienceMs = 60_000;
/** Of about the size of a claim's public line. */
const value = 'a'.repeat(300);

/**
 * Deploys a contract that only writes keys on a Fabric network that runs, under the same endorsement policy and at the same nodes,
 * and measures it as claims are measured: what is left of a claim's cost is ours, and not Fabric's.
 *
 * @throws Error when the contract cannot be deployed, or a transaction is not valid.
 */
export async function measureMinimal(
  stack: StackDescription,
  { claims, batched, batch, concurrency }: BenchOptions,
): Promise<readonly BesideFigure[]> {
  const network = await reopen(layoutOf(pathsOf({ state: stack.state, on: stack.network }).network));
  const { endorsement, runBy } = ownChaincode(network.consortium);
  await deployChaincode(network, {
    ...{ name, version: '1.0', endorsement, collections: [] },
    packageDir: fileURLToPath(new URL('../../bench/minimal-contract', import.meta.url)),
    ...(runBy !== undefined && { runBy }),
  });
  const { write, close } = connectBank(network);
  const measure = async (keys: number, transactions: number, most: number): Promise<BesideFigure> => {
    const [before, begun] = [readCpu(stack), performance.now()];
    await inParallel(transactions, most, () => write(Array.from({ length: keys }, () => randomUUID())));
    const seconds = (performance.now() - begun) / 1000;
    const { orderers, peers, chaincode } = cpuBetween(before, readCpu(stack));
    return { claims: keys, items: keys * transactions, seconds, cpu: orderers + peers + chaincode };
  };
  try {
    // Connections, compilers and caches are there before anything counts.
    await measure(1, concurrency, concurrency);
    return [
      await measure(1, claims, concurrency),
      await measure(batch, Math.floor(batched / batch), Math.max(2, Math.ceil(concurrency / 8))),
    ];
  } finally {
    close();
  }
}

/** A bank's administrator at the peer of the bank. */
function connectBank(network: FabricNetwork) {
  const profile = connectionProfile(network);
  const bank = profile.organisations.find(({ kind, peer }) => kind === 'bank' && peer !== undefined);
  const material = network.materials.get(bank?.name ?? '');
  if (bank?.peer === undefined || material === undefined) throw new Error('No bank has a node here.');
  const { cert, key, mspId } = material.admin.identity;
  const client = new Client(bank.peer.endpoint, credentials.createSsl(Buffer.from(bank.peer.tlsRootCerts)));
  const identity = { mspId, credentials: Buffer.from(cert) };
  const signer = signers.newPrivateKeySigner(key);
  const gateway = connect({ client, identity, signer, hash: hash.sha256 });
  const contract = gateway.getNetwork(profile.channel).getContract(name);
  const statusOf = async (transactionId: string) => {
    const request = new messages.CommitStatusRequest();
    request.setChannelId(profile.channel);
    request.setTransactionId(transactionId);
    request.setIdentity(serializeIdentity(mspId, cert));
    const question = new messages.SignedCommitStatusRequest();
    question.setRequest(request.serializeBinary());
    return gateway.newCommit(question.serializeBinary()).getStatus({ deadline: Date.now() + patienceMs });
  };
  return {
    write: async (keys: readonly string[]) => {
      const proposal = contract.newProposal('write', { arguments: [JSON.stringify(keys), value] });
      const transaction = await proposal.endorse();
      // An orderer to which another has passed the transaction on says that it is unavailable: what became of it a block tells.
      await transaction.submit().catch(() => undefined);
      const { successful, code } = await statusOf(transaction.getTransactionId());
      if (!successful) throw new Error(`A transaction that only writes keys is not valid: ${code}.`);
    },
    close: () => {
      gateway.close();
      client.close();
    },
  };
}
