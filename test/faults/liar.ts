import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StackDescription } from '@pledgeonce/scripts/stack/description.js';
import { projectRoot } from '@pledgeonce/scripts/stack/options.js';
import { startStack } from '@pledgeonce/scripts/stack/stack.js';
import { consortium } from '../acceptance/support/consortium.js';
import { nodes } from './fabric/nodes.js';

const liar = join(projectRoot, 'test', 'faults', 'liar-chaincode');
/** Out of the way of the consortium that the suite was pointed at. */
const ports = { portBase: 26_400, restBase: 23_400 };

/** A consortium in which the node of Customs runs another chaincode than its organisation has approved. */
export interface LyingConsortium {
  readonly stack: StackDescription;
  stop(): Promise<void>;
}

/** On Fabric it is the suite's own, until it is stopped; on the embedded network one that is started for it. */
export async function withLiar(): Promise<LyingConsortium> {
  const stack = consortium();
  if (stack.network === 'fabric') {
    const control = await nodes();
    const server = control.chaincodeOf('customs');
    await control.stopNode(server);
    await control.startNode(server, liar);
    return {
      stack,
      stop: async () => {
        await control.stopNode(server);
        await control.startNode(server);
      },
    };
  }
  const state = mkdtempSync(join(tmpdir(), 'pledgeonce-liar-'));
  const own = await startStack(
    { on: 'embedded', state, separate: false, unlimited: true, chaincodeOf: { CustomsMSP: liar }, ...ports },
    { steps: false, report: (line) => process.stderr.write(`${line}\n`) },
  );
  return {
    stack: own.description,
    stop: async () => {
      await own.stop();
      rmSync(state, { recursive: true, force: true });
    },
  };
}
