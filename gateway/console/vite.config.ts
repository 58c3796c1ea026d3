import { readdirSync, writeFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin, UserConfig } from 'vite';

const site = join(import.meta.dirname, 'site');

/** The last two steps of quality take ten times as long for two parts in a hundred. */
const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

/** Compressed once, here, and not by every gateway for every reader. */
const compress: Plugin = {
  name: 'compress',
  async writeBundle() {
    await Promise.all(
      readdirSync(join(site, 'assets')).map(async (name) => {
        const file = join(site, 'assets', name);
        const content = await readFile(file);
        await Promise.all([
          writeFile(`${file}.br`, await promisify(brotliCompress)(content, brotli)),
          writeFile(`${file}.gz`, await promisify(gzip)(content, { level: 9 })),
        ]);
      }),
    );
    // Tells scripts/setup/build.mjs what the sources have to be newer than.
    writeFileSync(join(site, '.built'), '');
  },
};

// Vite asks for a default export.
// eslint-disable-next-line no-restricted-syntax
export default {
  root: import.meta.dirname,
  // The gateway puts another number into each answer, and the same into its policy.
  html: { cspNonce: '__NONCE__' },
  resolve: {
    // Types are made apart and mean nothing here: the console is built without them.
    alias: { '@pledgeonce/client': join(import.meta.dirname, '../../clients/typescript/index.ts') },
  },
  build: {
    outDir: site,
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    target: 'es2022',
    rolldownOptions: {
      // Libraries mark what a server would not render; there is no such server here.
      onLog: (level, log, handle) => {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log);
      },
    },
  },
  logLevel: 'warn',
  plugins: [compress],
} satisfies UserConfig;
