import { nodesOf } from '@pledgeonce/network/fabric/topology.js';
import { LyingDoor, type Lie } from './lying-door.js';
import { faultLimitMs, withClaimsFlowing } from './with-claims-flowing.js';

/** Each at another door: whoever has met a liar leaves that one alone for a while. */
const lies: readonly (readonly [Lie, string])[] = [
  ['withholds', 'door.customs'],
  ['sends garbage', 'door.tax'],
  ['equivocates', 'door.regulator'],
];

/** Documents: all are kept waiting alike. */
const enough = 100;

describe('one orderer of four', () => {
  it.each(lies)(
    'may lie (%s) to whoever comes: claims flow on, and no peer believes it',
    async (lie, door) => {
      await withClaimsFlowing(async (load, control) => {
        await control.stopNode(door, 'SIGKILL');
        let liar: LyingDoor | undefined;
        try {
          liar = await LyingDoor.inPlaceOf(door, control, lie);
          for (let steps = 0; steps < 3 || (steps < 8 && liar.lies === 0); steps++) await load.progress(10);
          expect(liar.lies).toBeGreaterThan(0);
        } finally {
          await liar?.close();
          await control.startNode(door);
        }
        // Each has the whole chain, that of the others.
        return nodesOf(control.network.consortium).flatMap(({ kind, name }) =>
          kind === 'peer' ? [name] : [],
        );
      }, enough);
    },
    faultLimitMs,
  );
});
