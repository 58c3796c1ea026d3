#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';
import { readConsortium } from '../consortium.js';
import { nodeCertificates } from './expiry.js';
import { DAY } from './issue.js';
import { renewCertificate } from './renew.js';
import { runCommands } from '../run-commands.js';

interface Flags {
  readonly crypto: string;
  readonly consortium: string;
  readonly organisation?: string;
}

interface RenewFlags extends Flags {
  readonly within: number;
  readonly newKey?: true;
}

const program = new Command('certificates').description(
  'The certificates of a consortium’s peers, orderers and servers',
);

function command(name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .requiredOption('--crypto <folder>', 'the crypto folder of the network')
    .option(
      '--consortium <file>',
      'the consortium',
      fileURLToPath(new URL('../../consortium.yaml', import.meta.url)),
    )
    .option('--organisation <name>', 'of this organisation only');
}

command('list', 'when they run out, the first first').action(list);
command('renew', 'renew those that run out soon; the nodes read them when they start next')
  .requiredOption('--within <days>', 'how soon', toDays)
  .option('--new-key', 'with new keys; without it the keys stay')
  .action(renew);

await runCommands(program);

function list(flags: Flags): void {
  const lines = certificatesOf(flags).map(({ organisation, node, part, notAfter }) => {
    return `${notAfter.toISOString().slice(0, 10)}  ${organisation.padEnd(16)} ${node.padEnd(10)} ${part}`;
  });
  print(lines.join('\n'));
}

async function renew(flags: RenewFlags): Promise<void> {
  const limit = Date.now() + flags.within * DAY;
  const due = certificatesOf(flags).filter(({ notAfter }) => notAfter.getTime() <= limit);
  const consortium = readConsortium(flags.consortium);
  for (const { organisation, node, part } of due) {
    await renewCertificate(consortium, flags.crypto, {
      organisation,
      node,
      part,
      newKey: flags.newKey ?? false,
    });
    print(`renewed  ${organisation.padEnd(16)} ${node.padEnd(10)} ${part}`);
  }
  print(`${due.length} renewed.`);
}

function certificatesOf({ crypto, consortium, organisation }: Flags) {
  const { organisations } = readConsortium(consortium);
  const wanted = organisations.filter(({ name }) => organisation === undefined || name === organisation);
  if (wanted.length === 0) throw new Error(`The consortium has no organisation ${organisation ?? ''}.`);
  return nodeCertificates(crypto, wanted);
}

function toDays(text: string): number {
  const days = Number(text);
  if (!Number.isInteger(days) || days < 0) throw new InvalidArgumentError('Not a number of days.');
  return days;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
