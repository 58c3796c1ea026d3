import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../projection', import.meta.url));
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !/\.spec\.ts$|testing/.test(file))
  .map((file) => [file, readFileSync(`${folder}/${file}`, 'utf8')] as const);

/** The tables of one shape are made and written by name: what they have in common stands in view-table.ts. */
const ofOneShape: ReadonlySet<string> = new Set(['requests', 'offers', 'debtor_notices']);

function filesBy(pattern: RegExp): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [file, text] of sources) {
    for (const [, table = ''] of text.matchAll(pattern)) {
      const files = found.get(table) ?? [];
      if (!files.includes(file)) found.set(table, [...files, file]);
    }
  }
  return found;
}

describe('the tables of the projection', () => {
  const made = filesBy(/CREATE TABLE (?:IF NOT EXISTS )?(?:marks\.)?(\w+)/g);
  const written = filesBy(/(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM) (?:marks\.)?(\w+)/g);

  it('are each made, and written, in one file', () => {
    expect(made.size).toBeGreaterThan(20);
    expect([...made].filter(([, files]) => files.length > 1)).toEqual([]);
    const elsewhere = [...written].filter(
      ([table, files]) => made.has(table) && files.some((file) => file !== made.get(table)?.[0]),
    );
    expect(elsewhere).toEqual([]);
  });

  it('are written by nobody who does not know them', () => {
    const words = ['SET', 'ON'];
    const unknown = [...written.keys()].filter(
      (table) => !made.has(table) && !ofOneShape.has(table) && !words.includes(table),
    );
    expect(unknown).toEqual([]);
  });
});
