import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../testing/temporary-folder.js';
import type { FabricNetwork } from './network.js';
import { fingerprintsOf, readPublicFile, type PublicFile } from './public-file.js';
import { KEYS_MS, testNetworks } from './testing/networks.js';

describe('a public file', () => {
  const folder = temporaryFolder('public-files');
  let native: FabricNetwork;
  beforeAll(async () => {
    ({ native } = await testNetworks());
  }, KEYS_MS);

  const fileOf = (name: string) => join(native.layout.publicFiles, `${name}.json`);
  const altered = (change: (file: Draft, other: Draft) => void) => {
    const [file, other] = ['tax', 'customs'].map(
      (name) => JSON.parse(readFileSync(fileOf(name), 'utf8')) as Draft,
    );
    if (file && other) change(file, other);
    const path = join(folder, 'altered.json');
    writeFileSync(path, JSON.stringify(file));
    return path;
  };

  it('is written for everybody whose keys are here, and has no key in it', () => {
    for (const { name, orderer } of native.consortium.organisations) {
      expect(readFileSync(fileOf(name), 'utf8')).not.toContain('PRIVATE');
      const file = readPublicFile(fileOf(name));
      expect(file.consenter !== undefined).toBe(orderer);
      expect(fingerprintsOf(file)).toHaveLength(2);
    }
  });

  it('says where others reach what is run: the door before an orderer, and the orderer for votes', () => {
    expect(readPublicFile(fileOf('customs')).endpoints).toEqual({
      ca: 'localhost:20011',
      peer: 'localhost:20010',
      orderer: 'localhost:20013',
      ordering: 'localhost:20019',
    });
  });

  it.each<readonly [string, RegExp, (file: Draft, other: Draft) => void]>([
    ['lacks a root', /no public file/, (file) => (file.root = '')],
    [
      'has a root that another has signed',
      /not one that has signed itself/,
      (file) => (file.root = file.consenter?.identity ?? ''),
    ],
    ['shows an orderer of another', /not of its root/, (file, { consenter }) => (file.consenter = consenter)],
    ['has no peer though it has a node', /names its peer/, (file) => delete file.endpoints.peer],
    ['says more than is known', /no public file/, (file) => Object.assign(file, { secret: 'no' })],
  ])('is refused when it %s', (_, fault, change) => {
    expect(() => readPublicFile(altered(change))).toThrow(fault);
  });
});

type Draft = { -readonly [K in keyof PublicFile]: PublicFile[K] };
