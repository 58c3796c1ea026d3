import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { FactInput } from '@pledgeonce/chaincode/api.js';
import { joinAcceptances } from '@pledgeonce/gateway/documents/customs-answer.js';
import { DocumentError } from '@pledgeonce/gateway/documents/document-error.js';
import { parseDocument, type ParseOptions } from '@pledgeonce/gateway/documents/parse-document.js';
import type { ParsedDocument } from '@pledgeonce/gateway/documents/parsed.js';

/** What a folder of real documents holds for the registry. */
export interface FolderContents {
  readonly files: number;
  readonly facts: readonly FactInput[];
  /** Rows of long tables beyond the limit. */
  readonly leftOut: number;
  /** How often each refusal happened, by code and sentence. */
  readonly refusals: ReadonlyMap<string, number>;
}

const contentTypes: ReadonlyMap<string, string> = new Map([
  ['.xml', 'application/xml'],
  ['.csv', 'text/csv'],
  ['.json', 'application/json'],
]);

/**
 * Reads every invoice, declaration and bill of lading below a folder. Answers of customs are read first, because a declaration gets
 * its number from them; tables that are not declarations are passed over.
 */
export async function readFolder(folder: string, rowsPerTable: number): Promise<FolderContents> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .toSorted()
    .map((name) => join(folder, name))
    .filter((file) => contentTypes.has(extname(file)) && statSync(file).isFile());
  const answers = await Promise.all(
    files.filter((file) => extname(file) === '.xml').map((file) => read(file)),
  );
  const acceptances = joinAcceptances(answers.flatMap((answer) => answer?.acceptances ?? []));
  const refusals = new Map<string, number>();
  const facts: FactInput[] = [];
  let understood = 0;
  let leftOut = 0;
  for (const file of files) {
    const parsed = await read(file, { acceptances });
    if (parsed === undefined) continue;
    understood += 1;
    facts.push(...parsed.facts.slice(0, rowsPerTable));
    leftOut += Math.max(0, parsed.facts.length - rowsPerTable);
    for (const { code, field } of parsed.refusals) {
      const reason = field === '' ? code : `${code} (${field})`;
      refusals.set(reason, (refusals.get(reason) ?? 0) + 1);
    }
  }
  return { files: understood, facts, leftOut, refusals };
}

/** Undefined for a file that is no document of ours, such as a list of currencies. */
async function read(file: string, options: ParseOptions = {}): Promise<ParsedDocument | undefined> {
  try {
    return await parseDocument(readFileSync(file), contentTypes.get(extname(file)) ?? '', options);
  } catch (error) {
    if (error instanceof DocumentError) return undefined;
    throw error;
  }
}
