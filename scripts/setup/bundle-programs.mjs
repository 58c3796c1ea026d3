// Puts the programs of the packages named into a few files each: a gateway would read two thousand at every start.
import { execFile } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { rolldown } from 'rolldown';
import { bundledOf, sealOf } from './bundled.mjs';
import { root } from './step.mjs';

/** By package, below its `dist`: what is started most, */
const mains = { gateway: 'main', network: 'embedded/main' };
/** and, by the name by which they are found from there, what else is started, or read first. */
const besides = {
  gateway: { 'kept-code': '../../network/dist/kept-code', 'pdf-worker': 'documents/pdf-worker' },
  network: { 'kept-code': 'kept-code', 'exit-with-parent': 'exit-with-parent' },
};

/** Packages with native parts, or with files of their own beside them: they stay where npm has put them. */
const apart = new Set([
  ...['classic-level', 'libsql', 'pkcs11js', 'pg', 'pino', 'pino-pretty', 'swagger-ui-dist'],
  ...['fabric-ca-client', 'fabric-common', 'fabric-network', 'fabric-shim', '@embedpdf/fonts-sc'],
  // An image may be without them.
  ...['@opentelemetry/api', '@opentelemetry/sdk-trace-base', '@opentelemetry/resources'],
  '@opentelemetry/exporter-trace-otlp-http',
]);

await Promise.all(process.argv.slice(2).map(bundle));

async function bundle(name) {
  const sourceOf = (file) => join(root, name, 'dist', `${file}.js`);
  const others = Object.entries(besides[name]).map(([other, file]) => [other, sourceOf(file)]);
  await write(name, Object.fromEntries(others), { format: 'esm', cleanDir: true });
  // Of a CommonJS file Node can keep the code that V8 has made of it; with kept code it cannot import, but it can require.
  const asCommonJs = {
    format: 'cjs',
    dynamicImportInCjs: false,
    ...{ entryFileNames: '[name].cjs', chunkFileNames: '[name]-[hash].cjs' },
  };
  await write(name, { program: sourceOf(mains[name]) }, asCommonJs);
  writeFileSync(join(bundledOf(name), 'main.js'), starterWith('runProgram'));
  await keepCodeOf(name);
  writeFileSync(sealOf(name), '');
}

async function write(name, input, output) {
  const bundled = await rolldown({
    cwd: join(root, name),
    platform: 'node',
    input,
    external: (id) => apart.has(packageOf(id)),
    logLevel: 'warn',
  });
  await bundled.write({ dir: bundledOf(name), ...output });
  await bundled.close();
}

function starterWith(verb) {
  return `#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { ${verb} } from './kept-code.js';

${verb}(fileURLToPath(new URL('program.cjs', import.meta.url)));
`;
}

/** When a program says how it is used, everything is loaded that is loaded at a start. */
async function keepCodeOf(name) {
  const starter = join(bundledOf(name), 'keep-code.js');
  writeFileSync(starter, starterWith('keepCode'));
  await promisify(execFile)(process.execPath, [starter, '--help']);
  rmSync(starter);
}

/** Whose file is imported: `@scope/name/file.js` is one of `@scope/name`. */
function packageOf(id) {
  return id.split('/', id.startsWith('@') ? 2 : 1).join('/');
}
