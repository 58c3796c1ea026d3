import type { LedgerFunction } from './permissions.js';

/** As the gateway and the embedded network number their lines. */
const errorLevel = 50;

/**
 * Writes down why a function failed that should not have, as one line of JSON like those of the other programs. The shim's
 * own logger is silenced where refusals, which are answers, must not fill the log, and would keep this to itself.
 *
 * @param write Takes the line.
 */
export function logFault(
  name: LedgerFunction,
  transactionId: string,
  error: unknown,
  write: (line: string) => void = (line) => process.stderr.write(line),
): void {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  const line = {
    level: errorLevel,
    // eslint-disable-next-line no-restricted-properties -- Of the log, not of the ledger.
    time: Date.now(),
    service: 'chaincode',
    function: name,
    txId: transactionId,
    err: { message, stack },
    msg: 'a function failed',
  };
  write(`${JSON.stringify(line)}\n`);
}
