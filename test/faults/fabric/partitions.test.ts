import { nodesOf } from '@pledgeonce/network/fabric/topology.js';
import type { Control } from '@pledgeonce/network/fabric/control.js';
import type { Load } from '../load.js';
import { eventually, leaderOf, nodes } from './nodes.js';
import { Partition } from './partition.js';
import { faultLimitMs, withClaimsFlowing } from './with-claims-flowing.js';

/*
 * Lines that break, where `orderers.test.ts` and `peers.test.ts` have programs that end: whoever has sent something hears nothing,
 * not even that nobody is there. Left out where the machine's own network would be cut; docs/reliability.md says how it is run.
 */

const peers = ['peer.tax', 'peer.bank-a'];
const orderersOf = ({ network }: Control) =>
  nodesOf(network.consortium).flatMap(({ kind, name }) => (kind === 'orderer' ? [name] : []));

/** Documents: all are kept waiting alike. */
const enough = 100;

describe('a line that breaks', () => {
  let partition: Partition;
  beforeAll(async () => {
    const control = await nodes();
    partition = await Partition.among(control, [...orderersOf(control), ...peers]);
  }, faultLimitMs);

  it(
    'may cut off the peer of the government: the other two are a quorum, and it catches up',
    async () => {
      await withClaimsFlowing(async (load) => {
        await partition.whileCutOff(['peer.tax'], () => load.progress(20));
        return ['peer.tax'];
      }, enough);
    },
    faultLimitMs,
  );

  it(
    'may cut off the claimant’s own peer: both banks’ claims flow on, and it catches up',
    async () => {
      await withClaimsFlowing(async (load) => {
        await partition.whileCutOff(['peer.bank-a'], async () => {
          await load.progress(10, 'BankAMSP');
          await load.progress(10, 'BankBMSP');
        });
        return ['peer.bank-a'];
      });
    },
    faultLimitMs,
  );

  it(
    'may cut off the orderer that leads: another takes its place',
    async () => {
      await withClaimsFlowing(async (load, control) => {
        const leader = await leaderOf(control);
        await partition.whileCutOff([leader], () => load.progress(20));
        return [leader];
      }, enough);
    },
    faultLimitMs,
  );

  it(
    'may cut off two of four orderers: nothing is ordered, nobody is told otherwise, and claims flow when they are back',
    async () => {
      await withClaimsFlowing(async (load, control) => {
        const leader = await leaderOf(control);
        const [follower = ''] = orderersOf(control).filter((name) => name !== leader);
        await partition.whileCutOff([leader, follower], () => nothingIsOrdered(load));
        await load.progress(20);
        return [leader, follower];
      }, enough);
    },
    faultLimitMs,
  );

  it(
    'may part the orderer that leads from one that follows: claims flow on, and who was parted has them',
    async () => {
      await withClaimsFlowing(async (load, control) => {
        const leader = await leaderOf(control);
        const [follower = ''] = orderersOf(control).filter((name) => name !== leader);
        await partition.whileParted(leader, follower, () => load.progress(20));
        return [leader, follower];
      }, enough);
    },
    faultLimitMs,
  );
});

/** What was on its way is acknowledged; then nothing is, and whoever asks is told that it is not known. */
async function nothingIsOrdered(load: Load): Promise<void> {
  await load.answered(202, 8);
  let before = -1;
  await eventually('nothing is acknowledged any more', async () => {
    const isStill = before === load.acknowledged.length;
    before = load.acknowledged.length;
    await load.answered(202, 1);
    return isStill;
  });
}
