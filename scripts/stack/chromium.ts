import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable'];

/** The browser of this machine, or undefined: none is brought along. */
export function chromium(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((file) => existsSync(file));
}

/** What to say where there is none, or where what there is opens no page: a machine may forbid what it needs. */
export function whyNoChromium(): string | undefined {
  const program = chromium();
  if (program === undefined)
    return 'There is no chromium on PATH, so no page was opened; on Debian: apt-get install chromium';
  return opensPage(program)
    ? undefined
    : `${program} opens no page on this machine; try: ${program} ${probe.join(' ')} about:blank`;
}

const probe = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--dump-dom'];
const probeLimitMs = 60_000;

function opensPage(program: string): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'pledgeonce-browser-'));
  try {
    const args = [...probe, `--user-data-dir=${folder}`, 'about:blank'];
    const { status, stdout } = spawnSync(program, args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: probeLimitMs,
      killSignal: 'SIGKILL',
    });
    return status === 0 && stdout.includes('<html');
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
