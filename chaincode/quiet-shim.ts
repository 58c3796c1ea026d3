import { Shim } from 'fabric-shim';

/** The shim's loggers that write several lines for every key that is read or written. */
const talkative = [
  'lib/handler.js',
  'lib/stub.js',
  'lib/iterators.js',
  'lib/chaincode.js',
  'contracts-spi/chaincodefromcontract.js',
];

/**
 * Takes the debug lines from the shim unless they are wanted: it formats each one before it looks at the level, which
 * was a fifth of the CPU time of a claim.
 */
export function quietShim(): void {
  for (const name of talkative) {
    const logger = Shim.newLogger(name);
    if (!logger.isDebugEnabled()) logger.debug = () => logger;
  }
}
