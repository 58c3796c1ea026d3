import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readOrCreatePrivateFile } from './private-file.js';

describe('a secret file that is made on the first start', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pledgeonce-private-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('is one and the same for all who start at once, and nothing is left of the others', async () => {
    const file = join(folder, 'master.key');
    const made = await Promise.all(
      Array.from({ length: 16 }, () => readOrCreatePrivateFile(file, () => randomBytes(32))),
    );
    const [first] = made;
    expect(made.every((one) => first?.equals(one))).toBe(true);
    expect(await readOrCreatePrivateFile(file, () => randomBytes(32))).toEqual(first);
    expect(readdirSync(folder)).toEqual(['master.key']);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});
