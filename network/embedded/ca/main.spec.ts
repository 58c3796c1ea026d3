import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { jest } from '@jest/globals';
import type { OrganisationMaterial } from '../../crypto/material.js';
import { readMaterial } from '../../crypto/read.js';
import { organisationsFolder, peopleFolder } from '../../organisation-folder.js';
import { temporaryFolder } from '../../testing/temporary-folder.js';
import { clientOf, enrolled, refusalOf } from './testing/authority.js';

jest.setTimeout(60_000);

const PORT_BASE = 7210;
const program = fileURLToPath(new URL('main.js', import.meta.url));

describe('the certificate authority as a process', () => {
  const state = temporaryFolder('ca-process');
  let process: ChildProcess;
  let url = '';
  let material: OrganisationMaterial;

  const start = async () => {
    const flags = ['--state', state, '--organisation', 'bank-a', '--port-base', String(PORT_BASE)];
    process = spawn(globalThis.process.execPath, [program, ...flags], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    if (!process.stdout) throw new Error('no output');
    for await (const line of createInterface(process.stdout)) {
      const ready = JSON.parse(line) as { authorities: { name: string; url: string }[] };
      expect(ready.authorities.map(({ name }) => name)).toEqual(['ca-bank-a']);
      url = ready.authorities[0]?.url ?? '';
      break;
    }
    material = readMaterial(organisationsFolder(state), { name: 'bank-a', msp: 'BankAMSP' });
  };
  const end = async (signal: NodeJS.Signals) => {
    const ended = once(process, 'exit');
    process.kill(signal);
    const [code] = (await ended) as [number | null];
    return code;
  };
  const client = () => clientOf(url, material, 'ca-bank-a');
  const registrar = () => {
    const secret = readFileSync(join(peopleFolder(state, 'bank-a'), 'registrar.secret'), 'utf8');
    return enrolled(client(), 'registrar', secret);
  };

  beforeAll(start);
  afterAll(async () => {
    if (process.exitCode === null) await end('SIGTERM');
  });

  it('has lost nothing that it acknowledged when it is killed and started again', async () => {
    const admitted = new Map<string, string>();
    const admin = await registrar();
    for (let index = 0; index < 5; index += 1) {
      const id = `person-${index}`;
      const request = { enrollmentID: id, affiliation: '', maxEnrollments: 2 };
      admitted.set(id, await client().register(request, admin));
      await enrolled(client(), id, admitted.get(id) ?? '');
    }
    await client().revoke({ enrollmentID: 'person-0' }, admin);
    void client()
      .register({ enrollmentID: 'unanswered', affiliation: '' }, admin)
      .catch(() => undefined);
    await end('SIGKILL');
    await start();

    const again = (id: string) => enrolled(client(), id, admitted.get(id) ?? '');
    expect((await refusalOf(again('person-0'))).code).toBe(20);
    for (const id of [...admitted.keys()].slice(1)) await expect(again(id)).resolves.toBeDefined();
    expect((await refusalOf(again('person-1'))).code).toBe(20);
  });

  it('writes the revocation list for who runs the network', () => {
    expect(existsSync(join(state, 'crl', 'bank-a.pem'))).toBe(true);
  });

  it('stops when it is told to', async () => {
    expect(await end('SIGTERM')).toBe(0);
  });
});
