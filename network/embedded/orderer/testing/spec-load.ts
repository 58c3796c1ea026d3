import { readFileSync } from 'node:fs';
import { systemClock } from '../../ledger/clock.js';
import { openSpecLedger } from '../../ledger/testing/spec-channel.js';
import { openSigningIdentity } from '../../msp/signing-identity.js';
import { createOrderer } from '../create-orderer.js';

/*
 * The process that the crash spec kills: orders prepared transactions and reports each one that was acknowledged.
 * Arguments: directory of the ledger, file with the rest.
 */
interface Load {
  readonly organisations: { readonly mspId: string; readonly rootCerts: string }[];
  readonly signer: { readonly certificate: string; readonly key: string };
  /** Base64, by transaction id. */
  readonly envelopes: Record<string, string>;
}

const [directory = '', file = ''] = process.argv.slice(2);
const { organisations, signer, envelopes } = JSON.parse(readFileSync(file, 'utf8')) as Load;
const orderer = createOrderer({
  ledger: await openSpecLedger(directory, organisations),
  signer: openSigningIdentity('A', signer.certificate, signer.key),
  limits: { maxMessages: 10, maxBytes: 1_000_000, timeoutMs: 100 },
  clock: systemClock,
});
const waiting = Object.entries(envelopes);
await Promise.all(
  Array.from({ length: 8 }, async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [txId, envelope] = next;
      const { status } = await orderer.broadcast(Buffer.from(envelope, 'base64'));
      process.stdout.write(`${status} ${txId}\n`);
    }
  }),
);
