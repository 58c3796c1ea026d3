import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { certificateOf } from './projection/testing/certificate.js';

const main = fileURLToPath(new URL('./main.js', import.meta.url));
/** A busy machine takes long to load a gateway. */
const patienceMs = 120_000;

interface Ended {
  readonly stdout: string;
  readonly stderr: string;
}

const gateway = (...args: string[]) => promisify(execFile)(process.execPath, [main, ...args]);
const refused = (...args: string[]) =>
  gateway(...args).then(
    () => Promise.reject(new Error('It ended well.')),
    (error: unknown) => error as Ended,
  );

describe("the gateway's commands", () => {
  let folder: string;
  let config: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pledgeonce-commands-'));
    config = join(folder, 'gateway.json');
    const registrar = { id: 'registrar', secretFile: join(folder, 'registrar.secret') };
    const organisation = { msp: 'BankAMSP', port: 0, stateDir: join(folder, 'state'), registrar };
    await writeFile(
      config,
      JSON.stringify({
        connection: join(folder, 'connection.json'),
        organisations: [organisation],
        masterKeyFile: join(folder, 'master.key'),
      }),
    );
  });
  afterAll(() => rm(folder, { recursive: true }));

  it(
    'take over the wallet of another application, each identity under a new secret',
    async () => {
      const source = join(folder, 'source');
      const { Wallets } = await import('fabric-network');
      const certificate = await certificateOf('anna');
      const credentials = { certificate, privateKey: 'a key' };
      await (
        await Wallets.newFileSystemWallet(source)
      ).put('anna', { type: 'X.509', mspId: 'BankAMSP', credentials } as never);
      const { stdout } = await gateway('import-wallet', source, '--config', config, '--msp', 'BankAMSP');
      const said = JSON.parse(stdout) as { readonly id: string; readonly secret: string };
      expect(said.id).toBe('anna');
      expect(said.secret).toMatch(/^[\w-]{24}$/);
      expect(await readdir(join(folder, 'state', 'wallet'))).toEqual(['anna.id']);
    },
    patienceMs,
  );

  it(
    'say what they lack',
    async () => {
      for (const args of [[], ['unlock-registrar', '--msp', 'BankAMSP']]) {
        expect((await refused(...args)).stderr).toContain("required option '--config <file>'");
      }
      const other = await refused('unlock-registrar', '--config', config, '--msp', 'NowhereMSP');
      expect(other.stderr).toContain('no organisation NowhereMSP');
    },
    patienceMs,
  );
});
