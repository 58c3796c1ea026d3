import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assertRunning, DaemonDied, runningPid, startDaemon, stopDaemon, type Daemon } from './daemon.js';
import { temporaryFolder } from '../../testing/temporary-folder.js';

function sleeper(...args: string[]): Daemon {
  const dir = temporaryFolder('daemon-spec');
  const files = { dir, log: join(dir, 'log'), pid: join(dir, 'pid') };
  return { name: 'sleeper', command: process.execPath, args, environment: {}, files };
}

const FOREVER = 'setInterval(() => undefined, 1000)';

describe('a daemon', () => {
  it('is started once and stopped once', async () => {
    const daemon = sleeper('-e', FOREVER);
    expect([startDaemon(daemon), startDaemon(daemon)]).toEqual([true, false]);
    expect(runningPid(daemon.files)).toBeGreaterThan(0);
    expect(await stopDaemon(daemon.files)).toBe(true);
    expect(await stopDaemon(daemon.files)).toBe(false);
  });

  it('is killed when it does not end by itself', async () => {
    const daemon = sleeper('-e', `process.on('SIGTERM', () => undefined); console.log('deaf'); ${FOREVER}`);
    startDaemon(daemon);
    while (!readFileSync(daemon.files.log, 'utf8').includes('deaf'))
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await stopDaemon(daemon.files, 'SIGTERM', 100)).toBe(true);
    expect(runningPid(daemon.files)).toBeUndefined();
  });

  it('is not taken for another program that has been given its process number', () => {
    const daemon = sleeper();
    writeFileSync(daemon.files.pid, `${process.pid} Thu Jan 1 00:00:00 1970`);
    expect(runningPid(daemon.files)).toBeUndefined();
  });

  it('that died is reported with the fault in its log', () => {
    const daemon = sleeper();
    writeFileSync(daemon.files.log, 'starting\nPANI cannot listen\nthe end\n');
    expect(() => {
      assertRunning(daemon);
    }).toThrow(DaemonDied);
    expect(() => {
      assertRunning(daemon);
    }).toThrow('sleeper ended: PANI cannot listen');
    const line = (level: string, msg: string) => `${JSON.stringify({ level, ts: 1.5, msg })}\n`;
    writeFileSync(
      daemon.files.log,
      line('info', 'no Error yet') + line('fatal', 'no key') + line('info', 'end'),
    );
    expect(() => {
      assertRunning(daemon);
    }).toThrow(`sleeper ended: no key (${daemon.files.log})`);
  });
});
