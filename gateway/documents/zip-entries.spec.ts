import { readZip } from './zip-entries.js';
import { zipOf } from './testing/zip.js';

async function read(bytes: Buffer) {
  const files = [];
  for await (const { name, bytes: content } of readZip(bytes, (name) => name.endsWith('.xml')))
    files.push([name, content.toString()]);
  return files;
}

describe('an archive', () => {
  it('hands out the files that are wanted', async () => {
    const bytes = zipOf([
      { name: 'a.xml', content: '<a/>' },
      { name: 'b.txt', content: 'b' },
      { name: 'c/d.xml', content: '<d/>' },
    ]);
    expect(await read(bytes)).toEqual([
      ['a.xml', '<a/>'],
      ['c/d.xml', '<d/>'],
    ]);
  });

  it.each([
    [
      'a file that is packed too well',
      [{ name: 'a.xml', content: Buffer.alloc(8_000_000) }],
      'INPUT_TOO_LARGE',
    ],
    [
      'a file beyond the limit',
      [{ name: 'a.xml', content: 'x', claimedSize: 11 * 1024 * 1024 }],
      'INPUT_TOO_LARGE',
    ],
    [
      'a file that is larger than it says',
      [{ name: 'a.xml', content: 'x'.repeat(5_000), claimedSize: 10 }],
      'INPUT_INVALID',
    ],
    [
      'too many files',
      Array.from({ length: 201 }, (_, at) => ({ name: `${at}.xml`, content: '' })),
      'INPUT_TOO_LARGE',
    ],
    ['a name that leads out of it', [{ name: '../a.xml', content: 'x' }], 'INPUT_INVALID'],
  ] as const)('is refused with %s', async (_, files, code) => {
    await expect(read(zipOf(files))).rejects.toMatchObject({ code });
  });

  it('is refused when it is none, or cut short', async () => {
    await expect(read(Buffer.from('hello'))).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    const whole = zipOf([{ name: 'a.xml', content: '<a/>' }]);
    await expect(read(whole.subarray(0, whole.length - 30))).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });
});
