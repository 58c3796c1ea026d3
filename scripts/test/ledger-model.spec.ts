import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../stack/options.js';

const page = readFileSync(join(projectRoot, 'docs/ledger-model.md'), 'utf8');
const [, table = ''] = page.split('## Where a record lies\n');
/** The first column of the table, whose keys stand in backquotes. */
const listed = table
  .split(/^## /m)[0]
  ?.split('\n')
  .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, key = '']) => key));

/** The modules of the chaincode that say what is stored. */
function recordModules(): string[] {
  const root = join(projectRoot, 'chaincode');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' });
  const own = files.filter((file) => !/^(dist|node_modules)\b/.test(file));
  return own.filter((file) => /(^|\/)(records|key-ring)\.ts$/.test(file)).map((file) => file.slice(0, -3));
}

interface Exported {
  readonly letters?: string;
  readonly shape?: object;
  readonly name?: string;
  readonly kind?: Exported;
  readonly record?: Exported;
  readonly line?: Exported;
  readonly thing?: string;
}

/** With which letters keys begin, by the module that says so: of records, and of public lines. */
async function lettersInUse() {
  const found = new Map<string, Set<string>>();
  for (const file of recordModules()) {
    const module = (await import(`@pledgeonce/chaincode/${file}.js`)) as Record<string, Exported>;
    const values = Object.values(module).filter((one) => typeof one === 'object');
    const kinds = values.flatMap((one) => [one, one.kind, one.record]);
    const things = values.flatMap((one) => one.thing ?? one.line?.thing ?? []);
    const letters = kinds.flatMap((kind) =>
      kind?.shape !== undefined && kind.letters !== undefined ? kind.letters : [],
    );
    for (const one of [...letters, ...things]) found.set(one, (found.get(one) ?? new Set()).add(file));
  }
  return found;
}

describe('docs/ledger-model.md', () => {
  it('lists the key of every kind of record, and no other', async () => {
    const inUse = [...(await lettersInUse()).keys()].sort();
    expect(inUse.length).toBeGreaterThan(40);
    expect([...new Set(listed?.map((key) => key.split('~')[0]))].sort()).toEqual(inUse);
  });

  it('gives each letters to the records of one module', async () => {
    const shared = [...(await lettersInUse())].filter(([, files]) => files.size > 1);
    expect(shared).toEqual([]);
  });
});
