import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import { LedgerDamaged } from '../ledger-damaged.js';
import { proveTables } from './prove-tables.js';

async function blocks(directory: string): Promise<number> {
  let count = 0;
  for await (const _ of proveTables(directory)) count++;
  return count;
}

describe('the files of a database', () => {
  let directory: string;
  let name: string;
  let bytes: Buffer;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tables-'));
    const level = new ClassicLevel(directory);
    for (let key = 0; key < 400; key++) await level.put(`key ${key}`, `value ${key} `.repeat(20));
    await level.close();
    // What lies in the log becomes a table when it is opened again.
    await level.open();
    await level.close();
    name = (await readdir(directory)).find((one) => one.endsWith('.ldb')) ?? '';
    bytes = await readFile(join(directory, name));
  });
  afterAll(() => rm(directory, { recursive: true }));
  afterEach(() => writeFile(join(directory, name), bytes));

  it('are proved block by block', async () => {
    expect(await blocks(directory)).toBeGreaterThan(3);
  });

  it('are damaged wherever a bit of a block, a list or a filter flips', async () => {
    const footer = bytes.length - 48;
    for (let at = 0; at < bytes.length; at += at < bytes.length - 400 ? 23 : 1) {
      // Nobody reads what fills the footer up.
      if (at >= footer && bytes[at] === 0) continue;
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      await writeFile(join(directory, name), changed);
      await expect(blocks(directory)).rejects.toThrow(
        `The file ${name} of the database is not what was written`,
      );
    }
  }, 60_000);

  it('are damaged when one is cut short, or empty', async () => {
    for (const length of [bytes.length - 1, 100, 10, 0]) {
      await writeFile(join(directory, name), bytes.subarray(0, length));
      await expect(blocks(directory)).rejects.toThrow(LedgerDamaged);
    }
  });
});
