import { extname } from 'node:path';
import { joinAcceptances } from './customs-answer.js';
import { DocumentError } from './document-error.js';
import { parseDocument, type ParseOptions } from './parse-document.js';
import type { Acceptance, ParsedItem } from './parsed.js';
import { xlsxType } from './xlsx-rows.js';

/** A file that came with others. */
export interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What became of one document of one of the files. */
export type BundleItem = ParsedItem & { readonly file: string };

const contentTypes: ReadonlyMap<string, string> = new Map([
  ['.xml', 'application/xml'],
  ['.csv', 'text/csv'],
  ['.json', 'application/json'],
  ['.xlsx', xlsxType],
  ['.pdf', 'application/pdf'],
]);

/** The content type of a file by its name; undefined for what is not read. */
export function contentTypeOf(name: string): string | undefined {
  return contentTypes.get(extname(name).toLowerCase());
}

/**
 * Reads files that belong together: answers of customs first, because a declaration gets its number and day from them,
 * then every document. A file that cannot be read is told with its name, and the others go on.
 */
export async function* readBundle(
  files: readonly NamedFile[],
  options: ParseOptions,
): AsyncGenerator<BundleItem> {
  const answers = new Map<string, readonly Acceptance[]>();
  for (const { name, bytes } of files) {
    if (contentTypeOf(name) === 'application/xml') answers.set(name, await acceptancesIn(bytes));
  }
  const acceptances = joinAcceptances([...answers.values()].flat());
  const asked = new Set<string>();
  for (const { name, bytes } of files) {
    if ((answers.get(name) ?? []).length > 0) continue;
    for (const item of await itemsOf(name, bytes, { ...options, acceptances })) {
      const reference = 'fact' in item ? item.fact.details?.localReference : undefined;
      if (reference !== undefined) asked.add(reference);
      yield { file: name, ...item };
    }
  }
  for (const [file, given] of answers) {
    const [first] = given;
    if (first === undefined || given.some(({ localReference }) => asked.has(localReference))) continue;
    const detail = `This is the answer of customs to ${first.localReference}, and no declaration of that reference is recorded with it.`;
    yield { file, row: 0, code: 'INPUT_INVALID', field: 'FunctionalReferenceID', detail };
  }
}

async function acceptancesIn(bytes: Uint8Array): Promise<readonly Acceptance[]> {
  try {
    return (await parseDocument(bytes, 'application/xml')).acceptances;
  } catch (error) {
    if (error instanceof DocumentError) return [];
    throw error;
  }
}

async function itemsOf(
  name: string,
  bytes: Uint8Array,
  options: ParseOptions,
): Promise<readonly ParsedItem[]> {
  try {
    return (await parseDocument(bytes, contentTypeOf(name) ?? '', options)).items;
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    const { code, field, detail } = error;
    return [{ row: 0, code, field, detail }];
  }
}
