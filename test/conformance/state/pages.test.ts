import type { Page, Step } from '../probe/steps.cjs';
import { failureOf } from '../harness/failure.js';
import { fresh } from '../harness/fresh.js';
import { customs } from '../harness/network.js';
import { arrange, ask, endorse } from '../harness/perform.js';

describe('a range read page by page', () => {
  const prefix = fresh('page');
  const keys = ['1', '2', '3', '4', '5'].map((suffix) => `${prefix}${suffix}`);
  const page = async (size: number, bookmark: string): Promise<Page> =>
    (await ask(customs, ['rangePage', prefix, `${prefix}9`, size, bookmark])) as Page;

  beforeAll(async () => {
    await arrange(
      customs,
      keys.map((key) => ['put', key, key] as const),
    );
  });

  it('has the key that comes next as its bookmark', async () => {
    const { rows, bookmark, count } = await page(2, '');

    expect(rows.map(({ key }) => key)).toEqual(keys.slice(0, 2));
    expect(count).toBe(2);
    expect(bookmark).toBe(keys[2]);
  });

  it('goes on at the bookmark, and ends with an empty one', async () => {
    const second = await page(2, keys[2] ?? '');
    const third = await page(2, second.bookmark);

    expect(second.rows.map(({ key }) => key)).toEqual(keys.slice(2, 4));
    expect(third).toEqual({ rows: [{ key: keys[4], value: keys[4] }], count: 1, bookmark: '' });
  });

  it('that the last key fills has an empty bookmark', async () => {
    expect((await page(5, '')).bookmark).toBe('');
  });

  it('has a bookmark of composite keys too', async () => {
    const type = fresh('type');
    const made = await arrange(customs, [
      ['key', type, ['a', '1']],
      ['key', type, ['a', '2']],
      ['key', type, ['b', '1']],
    ]);
    const composites = made.answers as string[];
    await arrange(
      customs,
      composites.map((key) => ['put', key, 'value'] as const),
    );
    const first = (await ask(customs, ['partialPage', type, ['a'], 1, ''])) as Page;
    const second = (await ask(customs, ['partialPage', type, ['a'], 1, first.bookmark])) as Page;

    expect([first.bookmark, second.bookmark]).toEqual([composites[1], '']);
    expect([...first.rows, ...second.rows].map(({ key }) => key)).toEqual(composites.slice(0, 2));
  });

  it('cannot be part of a transaction that writes', async () => {
    const write: Step = ['put', fresh('key'), 'value'];
    const read: Step = ['rangePage', prefix, `${prefix}9`, 2, ''];

    expect((await failureOf(endorse(customs, [read, write]))).details[0]?.message).toContain(
      'Transaction has already performed a paginated query. Writes are not allowed',
    );
    expect((await failureOf(endorse(customs, [write, read]))).details[0]?.message).toContain(
      'Paginated queries are supported only in a read-only transaction',
    );
  });
});
