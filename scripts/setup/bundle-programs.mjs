// Puts the programs of the packages named into a few files each: a gateway would read two thousand at every start.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { bundledOf, sealOf } from './bundled.mjs';
import { root } from './step.mjs';

/** What is started of each package, below its `dist`, and the name that it is found by there and from what is put together. */
const programs = {
  gateway: { main: 'main', 'pdf-worker': 'documents/pdf-worker' },
  network: { main: 'embedded/main', 'exit-with-parent': 'exit-with-parent' },
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
  const sources = Object.entries(programs[name]);
  const bundled = await rolldown({
    cwd: join(root, name),
    platform: 'node',
    input: Object.fromEntries(
      sources.map(([program, source]) => [program, join(root, name, 'dist', `${source}.js`)]),
    ),
    external: (id) => apart.has(packageOf(id)),
    logLevel: 'warn',
  });
  await bundled.write({ dir: bundledOf(name), format: 'esm', cleanDir: true });
  await bundled.close();
  writeFileSync(sealOf(name), '');
}

/** Whose file is imported: `@scope/name/file.js` is one of `@scope/name`. */
function packageOf(id) {
  return id.split('/', id.startsWith('@') ? 2 : 1).join('/');
}
