// Puts the programs of the packages named into a few files each: a gateway would read two thousand at every start.
import { execFile } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { rolldown } from 'rolldown';
import { bundledOf, sealOf } from './bundled.mjs';
import { root } from './step.mjs';

/** Of an image that may be without them. */
const tracing = [
  ...['@opentelemetry/api', '@opentelemetry/sdk-trace-base', '@opentelemetry/resources'],
  '@opentelemetry/exporter-trace-otlp-http',
];
/** Packages with native parts, or with files of their own beside them: they stay where npm has put them. */
const apart = [
  ...['classic-level', 'libsql', 'pkcs11js', 'pg', 'pino', 'pino-pretty', 'swagger-ui-dist'],
  ...['fabric-network', 'fabric-shim', '@embedpdf/fonts-sc'],
  ...tracing,
];

/** By package: what is started most, the file below its `dist` that it begins with, and what is not put into it. */
const programs = {
  gateway: [{ name: 'main', file: 'main', apart }],
  network: [
    { name: 'main', file: 'embedded/main', apart },
    { name: 'chaincode', file: 'serve-chaincode', apart: tracing },
  ],
};
/** By the name by which it is found from there, what else is started, or read first. */
const besides = {
  gateway: { 'kept-code': '../../network/dist/kept-code', 'pdf-worker': 'documents/pdf-worker' },
  network: { 'kept-code': 'kept-code', 'exit-with-parent': 'exit-with-parent' },
};

await Promise.all(process.argv.slice(2).map(bundle));

async function bundle(name) {
  const sourceOf = (file) => join(root, name, 'dist', `${file}.js`);
  const others = Object.entries(besides[name]).map(([other, file]) => [other, sourceOf(file)]);
  await write(name, Object.fromEntries(others), apart, { format: 'esm', cleanDir: true });
  for (const program of programs[name]) {
    // Of a CommonJS file Node can keep the code that V8 has made of it; with kept code it cannot import, but it can require.
    const asCommonJs = {
      format: 'cjs',
      dynamicImportInCjs: false,
      ...{ entryFileNames: '[name].cjs', chunkFileNames: '[name]-[hash].cjs' },
    };
    await write(name, { [program.name]: sourceOf(program.file) }, program.apart, asCommonJs);
    writeFileSync(join(bundledOf(name), `${program.name}.js`), starterWith('runProgram', program.name));
    await keepCodeOf(name, program.name);
  }
  writeFileSync(sealOf(name), '');
}

async function write(name, input, left, output) {
  const bundled = await rolldown({
    cwd: join(root, name),
    platform: 'node',
    input,
    external: (id) => left.includes(packageOf(id)),
    resolve: { alias: { 'fabric-common$': join(root, 'scripts', 'setup', 'fabric-common-parts.mjs') } },
    logLevel: 'warn',
  });
  await bundled.write({ dir: bundledOf(name), ...output });
  await bundled.close();
}

function starterWith(verb, program) {
  return `#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { ${verb} } from './kept-code.js';

${verb}(fileURLToPath(new URL('${program}.cjs', import.meta.url)));
`;
}

/** When a program says how it is used, everything is loaded that is loaded at a start. */
async function keepCodeOf(name, program) {
  const starter = join(bundledOf(name), 'keep-code.js');
  writeFileSync(starter, starterWith('keepCode', program));
  await promisify(execFile)(process.execPath, [starter, '--help']);
  rmSync(starter);
}

/** Whose file is imported: `@scope/name/file.js` is one of `@scope/name`. */
function packageOf(id) {
  return id.split('/', id.startsWith('@') ? 2 : 1).join('/');
}
