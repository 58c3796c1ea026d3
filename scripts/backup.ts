import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import { backUp } from './keeping/back-up.js';
import { Failure, failWith } from './stack/failure.js';

const program = new Command('backup')
  .description('Keeps a folder in an encrypted file: npm run backup -- FOLDER --to FILE --recipient age1…')
  .argument('[folder]', 'state of a gateway, a node or a certificate authority')
  .option('--to <file>', 'the backup; it appears under this name only when it is whole')
  .option(
    '--recipient <recipient>',
    'age recipient who can restore it; may be repeated',
    (one: string, before: readonly string[]) => [...before, one],
    [] as readonly string[],
  )
  .option('--new-identity <file>', 'makes an identity to restore with, and prints its recipient')
  .parse();
const { to, recipient, newIdentity } = program.opts<{
  readonly to?: string;
  readonly recipient: readonly string[];
  readonly newIdentity?: string;
}>();

try {
  if (newIdentity !== undefined) await makeIdentity(newIdentity);
  else await keep(program.args[0]);
} catch (error) {
  failWith(error);
}

/** An identity restores every backup made for it: it belongs on no machine that makes them. */
async function makeIdentity(file: string): Promise<void> {
  const identity = await generateIdentity();
  writeFileSync(file, `${identity}\n`, { mode: 0o600, flag: 'wx' });
  process.stdout.write(`${await identityToRecipient(identity)}\n`);
  process.stderr.write(`The identity is in ${file}. Keep it away from the machine whose backups it opens.\n`);
}

async function keep(folder: string | undefined): Promise<void> {
  if (folder === undefined || to === undefined || recipient.length === 0) {
    throw new Failure(
      'Say what to keep, where, and who can restore it.',
      'npm run backup -- FOLDER --to FILE --recipient age1…   (npm run backup -- --new-identity FILE makes one)',
    );
  }
  for (const one of recipient) {
    if (!/^age1[0-9a-z]+$/.test(one)) {
      throw new Failure(
        `${one} is no age recipient.`,
        'A recipient begins with age1; an identity stays where it is.',
      );
    }
  }
  const { files, bytes } = await backUp(folder, to, recipient, (line) => {
    process.stderr.write(`  ${line}\n`);
  });
  process.stdout.write(`${to}: ${files} files, ${(bytes / 1e6).toFixed(1)} MB before compression.\n`);
}
