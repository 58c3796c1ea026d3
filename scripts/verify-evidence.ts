import { createReadStream, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Command } from 'commander';
import { isPdf, readAttachedEvidence } from '@pledgeonce/gateway/certificates/read-attachment.js';
import { EvidenceError } from '@pledgeonce/gateway/evidence/evidence-error.js';
import { isReceipt } from '@pledgeonce/gateway/evidence/receipt.js';
import { verifyReceipt } from '@pledgeonce/gateway/evidence/verify-receipt.js';
import { isContradiction, verifyContradiction } from '@pledgeonce/gateway/evidence/verify-contradiction.js';
import { verifyEvidence } from '@pledgeonce/gateway/evidence/verify-evidence.js';
import { isExport } from '@pledgeonce/gateway/own-data/lines.js';
import { verifyExport } from '@pledgeonce/gateway/own-data/verify-export.js';
import { readConnectionProfile } from '@pledgeonce/gateway/ledger/connection-profile.js';
import { failWith } from './stack/failure.js';

const program = new Command('verify-evidence')
  .description('Verifies an evidence bundle offline: npm run verify-evidence -- FILE')
  .argument(
    '<file>',
    'bundle, as the regulator exported it, one entry of /nodes/contradictions, a receipt of verifications, a certificate as PDF, or an export of own data',
  )
  .option('--genesis <hash>', "hash of the channel's first block that you trust, hexadecimal")
  .option(
    '--connection <file>',
    'connection profile whose root certificates you trust, for a contradiction or a receipt',
  )
  .option('--json', 'print the report as JSON', false)
  .parse();
const { genesis, connection, json } = program.opts<{
  readonly genesis?: string;
  readonly connection?: string;
  readonly json: boolean;
}>();

try {
  const [file = ''] = program.args;
  if (isExport(await beginningOf(file))) await reportExport(file);
  else await reportFile(file);
} catch (error) {
  if (!(error instanceof EvidenceError)) failWith(error);
  process.stderr.write(`The evidence does not hold: ${error.message}\n`);
  process.exitCode = 1;
}

async function reportFile(file: string): Promise<void> {
  const bytes = readFileSync(file);
  // A certificate carries what proves it.
  const text = isPdf(bytes) ? await readAttachedEvidence(bytes) : bytes.toString('utf8');
  if (isContradiction(text)) await reportContradiction(text);
  else if (isReceipt(text)) await reportReceipt(text);
  else reportBundle(text);
}

/** An export may be larger than memory: it is looked at before it is read. */
async function beginningOf(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(64), 0, 64, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function reportExport(file: string): Promise<void> {
  const lines = () => createInterface({ input: createReadStream(file), crlfDelay: Infinity });
  const report = await verifyExport(lines, genesis);
  if (json) {
    process.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
    return;
  }
  const { organisation, enterprise, channel, records, versions, proved, blocks, after } = report;
  const text = [
    `The export holds: all that ${enterprise ?? organisation} has on channel ${channel}` +
      (after === undefined ? '.' : `, after ${after}.`),
    ...Object.entries(records).map(([of, count]) => `  ${of}: ${count}`),
    `${versions} versions, of them ${proved} with their records proved, by ${blocks} blocks that lead back to the first, ${report.genesis}.`,
    ...(genesis === undefined
      ? ['Compare the first hash with that of the channel you know, or pass it: --genesis HASH']
      : []),
  ];
  process.stdout.write(`${text.join('\n')}\n`);
}

async function reportContradiction(text: string): Promise<void> {
  if (connection === undefined) {
    throw new EvidenceError(
      'Say whose root certificates you trust: --connection FILE, the connection profile.',
    );
  }
  const report = verifyContradiction(text, await readConnectionProfile(connection));
  if (json) {
    process.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
    return;
  }
  const { odd, alike, unsigned, readTheSame } = report;
  const lines = [
    `The evidence holds: to ${report.function} of ${report.at} the node of ${odd.join(', ')} signed another answer ` +
      `than ${alike.join(' and ')}.`,
    readTheSame
      ? 'All read the same versions of the same keys: no other height explains it.'
      : 'They do not say that they read the same: the gateway that kept this saw them at one height.',
    ...(unsigned.length > 0 ? [`Refused, which bears no signature: ${unsigned.join(', ')}.`] : []),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

async function reportReceipt(text: string): Promise<void> {
  if (connection === undefined) {
    throw new EvidenceError(
      'Say whose root certificates you trust: --connection FILE, the connection profile.',
    );
  }
  const report = verifyReceipt(text, await readConnectionProfile(connection));
  if (json) {
    process.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
    return;
  }
  const lines = report.items.map(
    ({ document, result, remaining, at, asker, endorsers }) =>
      `  ${document.type} ${document.number}: ${result}` +
      (remaining === undefined ? '' : `, ${JSON.stringify(remaining)} left`) +
      `; asked by ${asker} at ${at}, signed by ${endorsers.join(' and ')}`,
  );
  process.stdout.write(`${[`The receipt holds, on channel ${report.channel}:`, ...lines].join('\n')}\n`);
}

function reportBundle(text: string): void {
  const report = verifyEvidence(text, genesis);
  if (json) {
    process.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
    return;
  }
  const { subject, channel, blocks, configurations, exporter, versions } = report;
  const lines = [
    `The evidence holds: ${subject.kind} ${subject.id} on channel ${channel}, exported by ${exporter}.`,
    `${blocks} blocks, of them ${configurations} configuration(s) that lead back to the first, ${report.genesis}.`,
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
