import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import { LevelStore } from '@pledgeonce/gateway/storage/level-store.js';
import { backUp } from './back-up.js';
import { listFolder } from './inventory.js';
import { checkBackup, restore } from './restore.js';

const flipped = (bytes: Buffer) => {
  const middle = bytes.length >> 1;
  bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
  return bytes;
};

describe('a backup', () => {
  let base: string;
  let folder: string;
  let file: string;
  let identity: string;
  let recipient: string;
  const at = (...parts: string[]) => join(base, ...parts);
  const content = async (root: string) => {
    const { files, folders } = await listFolder(root);
    return {
      folders,
      files: files.map(({ path, mode }) => [path, mode, readFileSync(join(root, path), 'hex')]),
    };
  };

  beforeEach(async () => {
    base = mkdtempSync(join(tmpdir(), 'pledgeonce-keeping-'));
    [folder, file] = [at('gateway'), at('gateway.age')];
    mkdirSync(join(folder, 'wallet', 'people'), { recursive: true, mode: 0o700 });
    mkdirSync(join(folder, 'empty'));
    writeFileSync(join(folder, 'wallet', 'people', 'officer.key'), 'a secret of the officer', {
      mode: 0o600,
    });
    writeFileSync(join(folder, 'blocks'), randomBytes(300_000));
    writeFileSync(join(folder, '李伟.json'), '{}');
    writeFileSync(join(folder, 'nothing'), '');
    identity = await generateIdentity();
    recipient = await identityToRecipient(identity);
  });
  afterEach(() => {
    rmSync(base, { recursive: true, force: true });
  });

  it('comes back as it was, permissions too', async () => {
    await backUp(folder, file, [recipient]);
    const { files } = await restore(file, identity, at('back'));
    expect(files).toHaveLength(4);
    expect(await content(at('back'))).toEqual(await content(folder));
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('gives the folder itself the permissions that it had', async () => {
    chmodSync(folder, 0o750);
    await backUp(folder, file, [recipient]);
    await restore(file, identity, at('back'));
    expect(statSync(at('back')).mode & 0o777).toBe(0o750);
  });

  it('says in a sentence what is not there', async () => {
    await expect(backUp(at('nowhere'), file, [recipient])).rejects.toThrow(
      /^There is no folder .*nowhere\.$/,
    );
    await expect(checkBackup(at('none.age'), identity)).rejects.toThrow(
      /^The backup .* cannot be read: .*ENOENT/,
    );
    const program = fileURLToPath(new URL('../restore.js', import.meta.url));
    const args = [program, file, '--identity', at('none.key'), '--check'];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/^The identity .*none\.key cannot be read: .*ENOENT/),
      'Name the file of an identity: --identity FILE',
    ]);
  });

  it('takes away what a restore has left that was killed, and nothing of one that runs', async () => {
    await backUp(folder, file, [recipient]);
    const ended = spawnSync(process.execPath, ['-e', 'process.stdout.write(String(process.pid))'], {
      encoding: 'utf8',
    }).stdout;
    const [left, running] = [ended, process.ppid].map((pid) => at(`.back.restoring-${String(pid)}`));
    for (const one of [left, running]) mkdirSync(one ?? '');
    await restore(file, identity, at('back'));
    expect(existsSync(left ?? '')).toBe(false);
    expect(existsSync(running ?? '')).toBe(true);
  });

  it('is read by each of its recipients, and by nobody else', async () => {
    const second = await generateIdentity();
    await backUp(folder, file, [recipient, await identityToRecipient(second)]);
    for (const one of [identity, second]) expect((await checkBackup(file, one)).name).toBe('gateway');
    await expect(checkBackup(file, await generateIdentity())).rejects.toThrow('cannot be read');
    expect(readFileSync(file).includes('a secret of the officer')).toBe(false);
  });

  it.each([
    ['a flipped byte', (bytes: Buffer) => flipped(bytes)],
    ['a missing end', (bytes: Buffer) => bytes.subarray(0, bytes.length - 100)],
    ['nothing in it', () => Buffer.alloc(0)],
  ])('with %s is refused, and nothing of it restored', async (_, change) => {
    await backUp(folder, file, [recipient]);
    writeFileSync(file, change(readFileSync(file)));
    await expect(checkBackup(file, identity)).rejects.toThrow();
    await expect(restore(file, identity, at('back'))).rejects.toThrow();
    expect(readdirSync(base).sort()).toEqual(['gateway', 'gateway.age']);
  });

  it('never mixes with what is there', async () => {
    await backUp(folder, file, [recipient]);
    await expect(restore(file, identity, folder)).rejects.toThrow('has something in it');
    mkdirSync(at('empty'));
    await restore(file, identity, at('empty'));
    expect(existsSync(at('empty', 'blocks'))).toBe(true);
  });

  it('follows no links, and is not put into the folder that it keeps', async () => {
    await expect(backUp(folder, join(folder, 'inside.age'), [recipient])).rejects.toThrow('would lie in');
    symlinkSync('/etc/hostname', join(folder, 'link'));
    await expect(backUp(folder, file, [recipient])).rejects.toThrow('neither a file nor a folder');
    expect(existsSync(file)).toBe(false);
  });

  it('is not made of a folder in which somebody writes, and the one before stays', async () => {
    await backUp(folder, file, [recipient]);
    const before = readFileSync(file);
    let count = 0;
    const writing = setInterval(() => {
      writeFileSync(join(folder, 'log'), `line ${count++}`);
    }, 1);
    try {
      await expect(backUp(folder, file, [recipient])).rejects.toThrow('does not hold still');
    } finally {
      clearInterval(writing);
    }
    expect(readFileSync(file)).toEqual(before);
    expect(readdirSync(base).sort()).toEqual(['gateway', 'gateway.age']);
  });

  it('is made of a database that is open and at rest, and has what was acknowledged', async () => {
    const store = await LevelStore.open(join(folder, 'requests'));
    await store.put('request/1', { claim: 'reserved' });
    await backUp(folder, file, [recipient]);
    await store.close();
    await restore(file, identity, at('back'));
    const restored = await LevelStore.open(at('back', 'requests'));
    expect(await restored.get('request/1')).toEqual({ claim: 'reserved' });
    await restored.close();
  });

  it('keeps a folder closed that was closed', async () => {
    chmodSync(join(folder, 'wallet'), 0o500);
    await backUp(folder, file, [recipient]);
    await restore(file, identity, at('back'));
    expect(statSync(at('back', 'wallet')).mode & 0o777).toBe(0o500);
    for (const root of [folder, at('back')]) chmodSync(join(root, 'wallet'), 0o700);
  });
});
