import { nodesOf } from '@pledgeonce/network/fabric/topology.js';
import type { Control } from '@pledgeonce/network/fabric/control.js';
import { leaderOf } from './nodes.js';
import { faultLimitMs, withClaimsFlowing, without } from './with-claims-flowing.js';

const signals: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGKILL'];

const orderers = ({ network }: Control) =>
  nodesOf(network.consortium).flatMap(({ kind, name }) => (kind === 'orderer' ? [name] : []));

async function follower(control: Control): Promise<string> {
  const leader = await leaderOf(control);
  const name = orderers(control).find((one) => one !== leader);
  if (name === undefined) throw new Error('There is no orderer but the leader.');
  return name;
}

describe('of four orderers', () => {
  it.each(signals)(
    'one that follows may go (%s): claims flow on',
    async (signal) => {
      await withClaimsFlowing(without(follower, signal));
    },
    faultLimitMs,
  );

  it.each(signals)(
    'one may lose the door before it (%s): claims flow on',
    async (signal) => {
      await withClaimsFlowing(without('door.customs', signal));
    },
    faultLimitMs,
  );

  it.each(signals)(
    'the one that leads may go (%s): another takes its place',
    async (signal) => {
      await withClaimsFlowing(async (load, control) => {
        const before = await leaderOf(control);
        const returned = await without(before, signal, async () => {
          await load.progress(20);
          expect(await leaderOf(control)).not.toBe(before);
        })(load, control);
        return returned;
      });
    },
    faultLimitMs,
  );

  it(
    'two may go: nothing is ordered, nobody is told otherwise, and claims flow when one is back',
    async () => {
      await withClaimsFlowing(async (load, control) => {
        const leader = await leaderOf(control);
        const [first = '', second = ''] = orderers(control).filter((name) => name !== leader);
        await Promise.all([first, second].map((name) => control.stopNode(name, 'SIGKILL')));
        try {
          await load.answered(202, 8);
        } finally {
          await control.startNode(first);
        }
        await load.progress(20);
        await control.startNode(second);
        return [first, second];
      });
    },
    faultLimitMs,
  );
});
