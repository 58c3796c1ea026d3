import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ConnectionProfile } from '../../connection-profile.js';
import { temporaryFolder } from '../../testing/temporary-folder.js';
import { layoutOf } from '../layout.js';
import { descriptionOf } from '../network.js';
import { readPublicFile } from '../public-file.js';
import { KEYS_MS } from '../testing/networks.js';
import { moveOrganisation } from './move.js';
import { acceptOrdering, setOrdering } from './ordering.js';
import { accept, initialise, reopen } from './organisation.js';

const consortiumFile = fileURLToPath(new URL('../../../consortium.yaml', import.meta.url));

describe('an organisation that orders, and does no more', () => {
  const folder = temporaryFolder('ordering');
  const layouts = {
    customs: layoutOf(join(folder, 'customs')),
    'bank-b': layoutOf(join(folder, 'bank-b')),
  };
  const own = layouts['bank-b'];
  const fileOfBank = join(own.publicFiles, 'bank-b.json');
  const orderers = () => {
    const { orderers: known } = JSON.parse(
      readFileSync(layouts.customs.connection, 'utf8'),
    ) as ConnectionProfile;
    return known.map(({ mspId }) => mspId);
  };

  beforeAll(async () => {
    for (const [name, { root }] of Object.entries(layouts))
      await initialise({ stateDir: root, consortiumFile, portBase: 21_000 }, name, {});
    await accept(layouts.customs, [fileOfBank]);
  }, KEYS_MS);

  it('has the keys of an orderer, shows it, and others take it in by a command of its own', async () => {
    expect(readPublicFile(fileOfBank).consenter).toBeUndefined();
    await setOrdering(own, 'bank-b', true);
    const shown = readPublicFile(fileOfBank);
    expect(shown.endpoints).toMatchObject({ orderer: 'localhost:21073', ordering: 'localhost:21079' });
    await expect(accept(layouts.customs, [fileOfBank])).rejects.toThrow(/says otherwise of bank-b: orderer/);
    expect(orderers()).toEqual(['CustomsMSP']);
    await acceptOrdering(layouts.customs, [fileOfBank]);
    expect(orderers()).toEqual(['CustomsMSP', 'BankBMSP']);
  });

  it('shows nothing of an orderer when it has given it up, and keeps its keys', async () => {
    const before = readPublicFile(fileOfBank).consenter;
    await setOrdering(own, 'bank-b', false);
    expect(readPublicFile(fileOfBank).consenter).toBeUndefined();
    await acceptOrdering(layouts.customs, [fileOfBank]);
    expect(orderers()).toEqual(['CustomsMSP']);
    await setOrdering(own, 'bank-b', true);
    expect(readPublicFile(fileOfBank).consenter).toEqual(before);
  });

  it('moves nowhere when it is not said where, or nobody has the name', async () => {
    const before = readFileSync(descriptionOf(own), 'utf8');
    const network = await reopen(own);
    await expect(moveOrganisation(network, 'bank-b', {})).rejects.toThrow(/Say where it moves/);
    await expect(moveOrganisation(network, 'nobody', { host: 'elsewhere' })).rejects.toThrow(
      /no organisation nobody/,
    );
    expect(readFileSync(descriptionOf(own), 'utf8')).toBe(before);
  });

  it('makes no other root when its keys are gone, and goes on when they are back', async () => {
    const keys = join(own.organisations, 'bank-b');
    const shown = readFileSync(fileOfBank, 'utf8');
    cpSync(keys, join(folder, 'kept'), { recursive: true });
    rmSync(keys, { recursive: true });
    await expect(reopen(own)).rejects.toThrow(/The keys of bank-b are gone/);
    expect(existsSync(keys)).toBe(false);
    cpSync(join(folder, 'kept'), keys, { recursive: true });
    await reopen(own);
    expect(readFileSync(fileOfBank, 'utf8')).toBe(shown);
  });
});
