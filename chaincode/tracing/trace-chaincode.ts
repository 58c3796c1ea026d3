import { openTraces, wantsTraces } from './open-telemetry.js';

/** Records what the functions of the contract do, where the operator of the node has named a collector. */
export function traceChaincode(): void {
  if (!wantsTraces()) return;
  const opened = openTraces('pledgeonce-chaincode', (reason) => {
    process.stderr.write(`${reason}\n`);
  });
  // What the last calls were is sent before the process ends; without traces it ends as it always has.
  process.once('SIGTERM', () => {
    void opened.then((traces) => traces?.close()).finally(() => process.exit(143));
  });
}
