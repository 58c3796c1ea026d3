import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';

const program = `
  const { createLog } = await import(${JSON.stringify(new URL('./log.js', import.meta.url).href)});
  const log = createLog('info');
  for (let line = 0; line < 20000; line++) log.info({ line, text: 'x'.repeat(500) }, 'a line');
  await new Promise((resolve) => setTimeout(resolve, 200));
  log.error('one more');
  process.stdout.write('alive', () => process.exit(0));
`;

/** Linux has a disk that is always full. */
const full = '/dev/full';

(existsSync(full) ? describe : describe.skip)('the log on a full disk', () => {
  it('keeps nobody from being answered', async () => {
    const disk = openSync(full, 'w');
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', disk],
    });
    closeSync(disk);
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    expect([code, said]).toEqual([0, 'alive']);
  }, 30_000);
});
