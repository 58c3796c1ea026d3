import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { messageOf } from '@pledgeonce/network/message-of.js';
import { checkBackup, restore } from './keeping/restore.js';
import { Failure, failWith } from './stack/failure.js';

const program = new Command('restore')
  .description('Restores a backup into an empty folder: npm run restore -- FILE --identity FILE --to FOLDER')
  .argument('<file>', 'the backup')
  .requiredOption('--identity <file>', 'the identity of one of its recipients')
  .option('--to <folder>', 'where it goes; a folder that is empty or not there')
  .option('--check', 'only says whether it is whole; writes nothing', false)
  .parse();
const { identity, to, check } = program.opts<{
  readonly identity: string;
  readonly to?: string;
  readonly check: boolean;
}>();

try {
  const [file = ''] = program.args;
  const secret = readIdentity(identity)
    .split('\n')
    .find((line) => line.startsWith('AGE-SECRET-KEY-'));
  if (secret === undefined) {
    throw new Failure(
      `${identity} is no age identity.`,
      'One is made by: npm run backup -- --new-identity FILE',
    );
  }
  if (!check && to === undefined) {
    throw new Failure('Say where it goes.', 'Add --to FOLDER, or --check to look at it only.');
  }
  const { name, madeAt, files } = await (to === undefined || check
    ? checkBackup(file, secret.trim())
    : restore(file, secret.trim(), to));
  const done = to === undefined || check ? 'is whole' : `is restored in ${to}`;
  process.stdout.write(`${name} of ${madeAt}, ${files.length} files, ${done}.\n`);
} catch (error) {
  failWith(error);
}

function readIdentity(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Failure(
      `The identity ${file} cannot be read: ${messageOf(error)}.`,
      'Name the file of an identity: --identity FILE',
    );
  }
}
