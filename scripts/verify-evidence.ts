import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { EvidenceError } from '@pledgeonce/gateway/evidence/evidence-error.js';
import { verifyEvidence } from '@pledgeonce/gateway/evidence/verify-evidence.js';
import { failWith } from './stack/failure.js';

const program = new Command('verify-evidence')
  .description('Verifies an evidence bundle offline: npm run verify-evidence -- FILE')
  .argument('<file>', 'bundle, as the regulator exported it')
  .option('--genesis <hash>', "hash of the channel's first block that you trust, hexadecimal")
  .option('--json', 'print the report as JSON', false)
  .parse();
const { genesis, json } = program.opts<{ readonly genesis?: string; readonly json: boolean }>();

try {
  const report = verifyEvidence(readFileSync(program.args[0] ?? '', 'utf8'), genesis);
  if (json) {
    process.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
  } else {
    const { subject, channel, headers, blocks, exporter, versions } = report;
    const lines = [
      `The evidence holds: ${subject.kind} ${subject.id} on channel ${channel}, exported by ${exporter}.`,
      `Chain of ${headers} headers, ${blocks} whole blocks; it begins with ${report.genesis}.`,
      ...versions.map(
        (one) =>
          `  ${one.seq} ${one.state}: block ${one.block}, signed by ${one.signer}, endorsed by ` +
          `${one.endorsers.join(' and ')}, ${one.ordererSignatures} orderer signature(s), ` +
          (one.recordProved ? 'record proved' : 'no record in the bundle'),
      ),
      ...(genesis === undefined
        ? ['Compare the first hash with that of the channel you know, or pass it: --genesis HASH']
        : []),
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
  }
} catch (error) {
  if (!(error instanceof EvidenceError)) failWith(error);
  process.stderr.write(`The evidence does not hold: ${error.message}\n`);
  process.exitCode = 1;
}
