import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable'];

/** The browser of this machine, or undefined: none is brought along. */
export function chromium(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((file) => existsSync(file));
}

/** What to say where there is none. */
export function whyNoChromium(): string | undefined {
  return chromium() === undefined
    ? 'There is no chromium on PATH, so no page was opened; on Debian: apt-get install chromium'
    : undefined;
}
