import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from '../native/run-program.js';
import type { FabricNetwork } from '../network.js';

/** Gives a folder for files that are of no use afterwards. */
export async function inTemporaryFolder<T>(
  { layout }: Pick<FabricNetwork, 'layout'>,
  run: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(layout.root, 'update-'));
  try {
    return await run(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Reads a message of Fabric from a file, as JSON with everything in it opened. */
export async function decode(type: string, file: string): Promise<unknown> {
  // To a file: its own standard output it opens by name, which fails when that is a pipe of ours.
  const output = `${file}.json`;
  await runProgram('configtxlator', ['proto_decode', '--type', type, '--input', file, '--output', output]);
  return JSON.parse(await readFile(output, 'utf8'));
}

/** Writes a message of Fabric to a file. */
export async function encode(type: string, json: string, file: string): Promise<void> {
  const input = `${file}.json`;
  await writeFile(input, json);
  await runProgram('configtxlator', ['proto_encode', '--type', type, '--input', input, '--output', file]);
}
