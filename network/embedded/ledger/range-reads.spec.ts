import { RangeReads } from './range-reads.js';

function readMany(count: number, changed = -1): ReturnType<RangeReads['finish']> {
  const reads = new RangeReads();
  for (let i = 0; i < count; i++) {
    reads.add(`key-${String(i).padStart(5, '0')}`, { block: i === changed ? 9 : 1, tx: i });
  }
  return reads.finish();
}

describe('what a range query returned', () => {
  it('is written down one by one up to fifty results', () => {
    expect(readMany(0)).toEqual({});
    expect(readMany(50).reads).toHaveLength(50);
    expect(readMany(50).summary).toBeUndefined();
  });

  it('is summed up in hashes beyond that', () => {
    const { reads, summary } = readMany(51);
    expect(reads).toBeUndefined();
    expect(summary?.getMaxDegree()).toBe(50);
    expect(summary?.getMaxLevel()).toBe(1);
    expect(summary?.getMaxLevelHashesList()).toHaveLength(1);
    expect(readMany(120).summary?.getMaxLevelHashesList()).toHaveLength(3);
  });

  it('grows a level for every fifty hashes and one', () => {
    expect(readMany(50 * 51).summary?.getMaxLevel()).toBe(1);
    const { summary } = readMany(51 * 51 + 1);
    expect(summary?.getMaxLevel()).toBe(2);
    expect(summary?.getMaxLevelHashesList()).toHaveLength(2);
  });

  it('comes out the same only for the same results', () => {
    const bytes = (count: number, changed?: number): string =>
      Buffer.from(readMany(count, changed).summary?.serializeBinary() ?? []).toString('hex');
    expect(bytes(3000)).toBe(bytes(3000));
    expect(bytes(3000, 1234)).not.toBe(bytes(3000));
    expect(bytes(3001)).not.toBe(bytes(3000));
  });
});
