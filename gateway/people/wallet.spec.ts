import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UnsealError, seal, unseal } from './seal.js';
import { IdentityStore } from './wallet.js';
import { isLabel } from './label.js';
import { SealedWalletStore } from './wallet-store.js';

const masterKey = Buffer.alloc(32, 1);
const identity = { mspId: 'BankAMSP', certificate: 'CERTIFICATE', privateKey: 'PRIVATE KEY' };

describe('the wallet', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pledgeonce-wallet-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('gives an identity back to its secret only, also in a new process', async () => {
    await new IdentityStore(folder, masterKey).save('anna', 'a secret', identity);
    const later = new IdentityStore(folder, masterKey);
    await expect(later.open('anna', 'a secret')).resolves.toEqual(identity);
    await expect(later.open('anna', 'another')).rejects.toThrow(UnsealError);
    await expect(new IdentityStore(folder, Buffer.alloc(32, 2)).open('anna', 'a secret')).rejects.toThrow(
      UnsealError,
    );
  });

  it('leaves one file that only its owner may read, and nothing in clear', async () => {
    await new IdentityStore(folder, masterKey).save('anna', 'a secret', identity);
    await expect(readdir(folder)).resolves.toEqual(['anna.id']);
    const file = join(folder, 'anna.id');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await expect(readFile(file, 'utf8')).resolves.not.toContain('PRIVATE');
  });

  it('does not open one person’s file under another’s name', async () => {
    const store = new SealedWalletStore(folder, masterKey, 'same secret');
    await store.put('anna', Buffer.from('anna'));
    await writeFile(join(folder, 'bert.id'), await readFile(join(folder, 'anna.id')));
    await expect(store.get('bert')).rejects.toThrow(UnsealError);
  });

  it('reads what Fabric’s own store wrote in clear, which proves nothing about a secret', async () => {
    const { mspId, certificate, privateKey } = identity;
    const clear = { credentials: { certificate, privateKey }, mspId, type: 'X.509', version: 1 };
    await writeFile(join(folder, 'old.id'), JSON.stringify(clear));
    const store = new IdentityStore(folder, masterKey);
    await expect(store.open('old', 'anything')).resolves.toEqual(identity);
    await expect(store.holds('old')).resolves.toBe(false);
  });

  it('writes what a wallet of fabric-network reads, and reads what that writes', async () => {
    const { Wallet } = await import('fabric-network');
    await new IdentityStore(folder, masterKey).save('anna', 'a secret', identity);
    const wallet = new Wallet(new SealedWalletStore(folder, masterKey, 'a secret'));
    const { mspId, certificate, privateKey } = identity;
    const x509 = { type: 'X.509', mspId, credentials: { certificate, privateKey } };
    await expect(wallet.get('anna')).resolves.toEqual(x509);
    await wallet.put('bert', x509);
    await expect(new IdentityStore(folder, masterKey).open('bert', 'a secret')).resolves.toEqual(identity);
  }, 60_000);

  it('opens no identity of another kind', async () => {
    await writeFile(join(folder, 'hsm.id'), JSON.stringify({ type: 'HSM-X.509', version: 1 }));
    await expect(new IdentityStore(folder, masterKey).open('hsm', '')).rejects.toThrow(TypeError);
  });

  it('knows nobody it was not given', async () => {
    const store = new IdentityStore(folder, masterKey);
    await expect(store.open('nobody', 'x')).resolves.toBeUndefined();
    await expect(store.holds('nobody')).resolves.toBe(false);
    await store.remove('nobody');
  });

  it.each(['../anna', 'a/b', '.hidden', 'a..b', '', 'a\0b', 'x'.repeat(65)])(
    'does not make a file of the label %j',
    async (label) => {
      expect(isLabel(label)).toBe(false);
      const store = new SealedWalletStore(folder, masterKey, 's');
      await expect(store.get(label)).rejects.toThrow(TypeError);
    },
  );
});

describe('sealing', () => {
  it('notices every altered byte of the content', async () => {
    const sealed = await seal(Buffer.from('plain'), masterKey, 'secret', 'anna');
    const envelope = JSON.parse(sealed.toString()) as { data: string };
    const data = Buffer.from(envelope.data, 'base64');
    data[0] = (data[0] ?? 0) ^ 1;
    const altered = Buffer.from(JSON.stringify({ ...envelope, data: data.toString('base64') }));
    await expect(unseal(altered, masterKey, 'secret', 'anna')).rejects.toThrow(UnsealError);
  });
});

describe('an enrolment id', () => {
  it.each(['anna', '李伟', 'müller.k', 'Иван', 'נועה', '王-2', 'a@b.example', 'ü'.repeat(64)])(
    'is %j, in any script',
    (id) => {
      expect(isLabel(id)).toBe(true);
    },
  );

  it.each(['аnna', 'ａｎｎａ', 'u\u0308', '李\u200b伟', '李 伟', 'anna\u202e', '李/伟', '李'.repeat(65)])(
    'is not %j: another is taken for it, or it has two forms',
    (id) => {
      expect(isLabel(id)).toBe(false);
    },
  );
});
