/*
 * The chaincode as it is shipped, served as `fabric-chaincode-node server` serves it: the same chaincode behind the same
 * shim, asked in the same words. That program reads every command that it knows and a thousand files of the package at each
 * start; this one is put together of what it needs (docs/decisions/programs-put-together.md).
 */
import { readFileSync } from 'node:fs';
import { contracts } from '@pledgeonce/chaincode';
import manifest from '@pledgeonce/chaincode/package.json' with { type: 'json' };
import { Command } from 'commander';
import { Shim } from 'fabric-shim';
import { validOptions } from 'fabric-shim/lib/cmds/serverCommand.js';
import { chaincodeOf } from './chaincode-of.js';
import { messageOf } from './message-of.js';

interface Options {
  readonly chaincodeAddress: string;
  readonly chaincodeId: string;
  readonly chaincodeTlsCertFile: string;
  readonly chaincodeTlsKeyFile: string;
  readonly chaincodeTlsClientCacertFile: string;
}

const { chaincodeAddress, chaincodeId, ...tls } = new Command('serve-chaincode')
  .description('The chaincode of PledgeOnce as a server of the embedded network')
  .requiredOption('--chaincode-address <host:port>', 'where it listens')
  .requiredOption('--chaincode-id <id>', 'what it registers as')
  .requiredOption('--chaincode-tls-cert-file <file>', 'its certificate')
  .requiredOption('--chaincode-tls-key-file <file>', 'the key of that')
  .requiredOption('--chaincode-tls-client-cacert-file <file>', 'whose certificates peers have to show')
  .parse()
  .opts<Options>();

const server = Shim.server(chaincodeOf(contracts, manifest.name, manifest.version), {
  ...defaultsOfConnections(),
  ccid: chaincodeId,
  address: chaincodeAddress,
  tlsProps: {
    cert: readFileSync(tls.chaincodeTlsCertFile),
    key: readFileSync(tls.chaincodeTlsKeyFile),
    clientCACerts: readFileSync(tls.chaincodeTlsClientCacertFile),
  },
});
server.start().catch((error: unknown) => {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
});

/** How long a message may be, and when a connection is looked after, where nobody says so. */
function defaultsOfConnections(): Record<string, string | number | undefined> {
  const ofGrpc = Object.entries(validOptions).filter(([name]) => name.startsWith('grpc.'));
  return Object.fromEntries(ofGrpc.map(([name, option]) => [name, option.default]));
}
