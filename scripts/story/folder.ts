import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { FactInput } from '@pledgeonce/chaincode/api.js';
import { contentTypeOf, readBundle } from '@pledgeonce/gateway/documents/bundle.js';

/** What a folder of real documents holds for the registry. */
export interface FolderContents {
  readonly files: number;
  readonly facts: readonly FactInput[];
  /** Rows of long tables beyond the limit. */
  readonly leftOut: number;
  /** How often each refusal happened, by code and sentence. */
  readonly refusals: ReadonlyMap<string, number>;
  /** How often each warning came with a document that is recorded. */
  readonly warnings: ReadonlyMap<string, number>;
}

/**
 * Reads every document below a folder, as one import would. What cannot be read at all, such as a list of currencies, is
 * passed over.
 */
export async function readFolder(folder: string, rowsPerTable: number): Promise<FolderContents> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .toSorted()
    .map((name) => join(folder, name))
    .filter((file) => contentTypeOf(file) !== undefined && statSync(file).isFile())
    .map((name) => ({ name, bytes: readFileSync(name) }));
  const refusals = new Map<string, number>();
  const warnings = new Map<string, number>();
  const perFile = new Map<string, number>();
  const facts: FactInput[] = [];
  let leftOut = 0;
  for await (const item of readBundle(files, {})) {
    if (!('fact' in item)) {
      if (item.row === 0) continue;
      count(refusals, item.field === '' ? item.code : `${item.code} (${item.field})`);
      count(perFile, item.file, 0);
      continue;
    }
    const before = perFile.get(item.file) ?? 0;
    perFile.set(item.file, before + 1);
    if (before >= rowsPerTable) {
      leftOut += 1;
      continue;
    }
    facts.push(item.fact);
    for (const { warning } of item.warnings) count(warnings, warning);
  }
  return { files: perFile.size, facts, leftOut, refusals, warnings };
}

function count(into: Map<string, number>, what: string, by = 1): void {
  into.set(what, (into.get(what) ?? 0) + by);
}
