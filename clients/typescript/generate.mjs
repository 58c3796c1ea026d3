// Makes the types of the client from the OpenAPI document that the gateway's own code describes: no gateway has to run.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';
import { wholeDocument } from '@pledgeonce/gateway/api/description/whole-document.js';

const target = join(dirname(fileURLToPath(import.meta.url)), 'schema.ts');
const heading = '// Made from the OpenAPI document by generate.mjs; do not edit.\n';
const text = heading + astToString(await openapiTS(wholeDocument(), { exportType: false }));

// Left alone when it says the same, so that nothing is compiled again.
if (read(target) !== text) {
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
