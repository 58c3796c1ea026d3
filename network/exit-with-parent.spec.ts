import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

const loaded = new URL('./exit-with-parent.js', import.meta.url).href;

/** Starts a server in the way in which servers are started, says which one, and is killed so many milliseconds later. */
const parentOf = (server: string, milliseconds: number) => `
  const { fork } = require('node:child_process');
  const child = fork(${JSON.stringify(server)}, { execArgv: ['--import', ${JSON.stringify(loaded)}], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  process.stdout.write(String(child.pid), () => setTimeout(() => process.kill(process.pid, 'SIGKILL'), ${milliseconds}));`;

describe('a server', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pledgeonce-servers-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it.each([0, 20, 60, 500])('ends with who started it %d ms before', async (milliseconds) => {
    const server = join(folder, 'server.cjs');
    writeFileSync(server, 'setInterval(() => undefined, 1_000);');
    const parent = spawn(process.execPath, ['-e', parentOf(server, milliseconds)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const pid = Number(await text(parent.stdout));
    expect(pid).toBeGreaterThan(0);
    for (const until = Date.now() + 10_000; isThere(pid) && Date.now() < until;) await sleep(20);
    const livesOn = isThere(pid);
    if (livesOn) process.kill(pid, 'SIGKILL');
    expect(livesOn).toBe(false);
  });

  it('has threads that live as long as they have work', async () => {
    const server = join(folder, 'server.cjs');
    const thread = `require('node:worker_threads').parentPort.postMessage('worked')`;
    writeFileSync(
      server,
      `const { Worker } = require('node:worker_threads');
       new Worker(${JSON.stringify(thread)}, { eval: true }).on('message', (said) => process.send(said));`,
    );
    const child = fork(server, { execArgv: ['--import', loaded] });
    const said = await Promise.race([once(child, 'message'), once(child, 'exit')]);
    child.kill('SIGKILL');
    expect(said[0]).toBe('worked');
  });
});

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
