import 'reflect-metadata';
import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { X509Crl } from '@peculiar/x509';
import type { ConnectionProfile } from '../../connection-profile.js';
import { temporaryFolder } from '../../testing/temporary-folder.js';
import { isHere, layoutOf } from '../layout.js';
import { KEYS_MS } from '../testing/networks.js';
import { ordererEnvironment, peerEnvironment } from '../config/environment.js';
import { membersHere, openNetwork } from '../network.js';
import { accept, initialise, reopen, replaceAdministrator } from './organisation.js';
import { removalOf, withoutMember } from './remove-organisation.js';

const consortiumFile = fileURLToPath(new URL('../../../consortium.yaml', import.meta.url));

describe("an organisation's folder", () => {
  const folder = temporaryFolder('own-folder');
  const stateOf = (name: string) => join(folder, name);
  const make = (name: string, joins: Parameters<typeof initialise>[2] = {}) =>
    initialise({ stateDir: stateOf(name), consortiumFile, portBase: 21_000 }, name, joins);
  const bankC = { msp: 'BankCMSP', title: 'Bank C', kind: 'bank', node: false } as const;
  const files = new Map<string, string>();

  beforeAll(async () => {
    files.set('customs', (await make('customs', { host: 'nodes.customs.example' })).file);
    files.set('tax', (await make('tax', { host: '192.0.2.7', listen: '192.0.2.7' })).file);
    files.set('bank-c', (await make('bank-c', { member: bankC })).file);
  }, KEYS_MS);

  it('has the keys of its owner and of nobody else', () => {
    const { organisations } = layoutOf(stateOf('customs'));
    expect(readdirSync(organisations)).toEqual(['customs']);
    expect(readdirSync(join(organisations, 'customs'))).toEqual(
      expect.arrayContaining(['ca', 'tlsca', 'peer', 'orderer', 'admin']),
    );
  });

  it('says in its public file where others reach what it runs, by a name that is in its certificates', () => {
    const { endpoints, consenter } = JSON.parse(readFileSync(files.get('customs') ?? '', 'utf8')) as {
      endpoints: { peer: string };
      consenter: { tls: string };
    };
    expect(endpoints.peer).toBe('nodes.customs.example:21010');
    expect(new X509Certificate(consenter.tls).subjectAltName).toContain('DNS:nodes.customs.example');
  });

  it('names an address as one, and shows nobody on which of its own its nodes listen', async () => {
    const shown = readFileSync(files.get('tax') ?? '', 'utf8');
    const { consenter } = JSON.parse(shown) as { readonly consenter: { readonly tls: string } };
    expect(new X509Certificate(consenter.tls).checkIP('192.0.2.7')).toBe('192.0.2.7');
    expect(shown).not.toContain('listen');
    const [around] = membersHere(await reopen(layoutOf(stateOf('tax'))));
    if (around === undefined) throw new Error('The keys of tax are not here.');
    // What has no TLS, or is for its administrator, is for this machine alone.
    expect(peerEnvironment(around)).toMatchObject({
      CORE_PEER_LISTENADDRESS: '192.0.2.7:21020',
      CORE_OPERATIONS_LISTENADDRESS: '127.0.0.1:21025',
    });
    expect(ordererEnvironment(around)).toMatchObject({
      ORDERER_GENERAL_LISTENADDRESS: '192.0.2.7',
      ORDERER_OPERATIONS_LISTENADDRESS: '127.0.0.1:21026',
      ORDERER_ADMIN_LISTENADDRESS: '127.0.0.1:21024',
    });
  });

  it('is made once: again it changes nothing, and not in the folder of another', async () => {
    const before = readFileSync(files.get('tax') ?? '', 'utf8');
    await make('tax');
    expect(readFileSync(files.get('tax') ?? '', 'utf8')).toBe(before);
    await expect(initialise({ stateDir: stateOf('tax'), consortiumFile }, 'customs', {})).rejects.toThrow(
      /is the folder of tax/,
    );
    await expect(make('bank-z')).rejects.toThrow(/say --msp/);
  });

  it('takes in who has handed over a public file, and makes no keys for them', async () => {
    const layout = layoutOf(stateOf('customs'));
    const { accepted } = await accept(layout, [files.get('tax') ?? '', files.get('bank-c') ?? '']);
    expect(accepted.map(({ organisation }) => organisation.name)).toEqual(['tax', 'bank-c']);
    expect(readdirSync(layout.organisations)).toEqual(['customs']);
    const { organisations } = JSON.parse(readFileSync(layout.connection, 'utf8')) as ConnectionProfile;
    expect(organisations.map(({ name, signsAs }) => [name, signsAs])).toEqual([
      ['customs', 'CustomsMSP'],
      ['tax', 'TaxMSP'],
      ['bank-c', 'MembersMSP'],
    ]);
  });

  it('takes in neither its owner, nor who says of itself what the description does not', async () => {
    const layout = layoutOf(stateOf('customs'));
    const altered = (name: string, change: object) => {
      const file = JSON.parse(readFileSync(files.get(name) ?? '', 'utf8')) as { organisation: object };
      Object.assign(file.organisation, change);
      const path = join(folder, 'altered.json');
      writeFileSync(path, JSON.stringify(file));
      return path;
    };
    const before = readdirSync(layout.publicFiles);
    await expect(accept(layout, [files.get('customs') ?? ''])).rejects.toThrow(/is the owner/);
    await expect(accept(layout, [altered('bank-c', { name: 'bank-d' })])).rejects.toThrow(/is there already/);
    await expect(accept(layout, [altered('bank-c', { kind: 'carrier' })])).rejects.toThrow(/kind/);
    const newcomer = { name: 'tax-2', msp: 'Tax2MSP', node: true, government: true };
    await expect(accept(layout, [altered('tax', newcomer)])).rejects.toThrow(/in the description first/);
    expect(readdirSync(layout.publicFiles)).toEqual(before);
  });

  it('gives its administrator a new key, and tells everybody that the former counts no more', async () => {
    const layout = layoutOf(stateOf('tax'));
    const network = await reopen(layout);
    const former = network.materials.get('tax')?.admin.identity;
    const tax = network.consortium.organisations.find(({ name }) => name === 'tax');
    if (!former || !tax) throw new Error('there is no administrator');
    await replaceAdministrator(network, tax);
    const { materials, publicFiles } = await reopen(layout);
    const present = materials.get('tax')?.admin.identity;
    expect(present?.cert).not.toBe(former.cert);
    expect(present?.key.equals(former.key)).toBe(false);
    expect(publicFiles.get('tax')?.revocationLists).toHaveLength(1);
    await replaceAdministrator(await reopen(layout), tax);
    // One list, which names both.
    const [list = '', ...more] = (await reopen(layout)).publicFiles.get('tax')?.revocationLists ?? [];
    expect(more).toEqual([]);
    expect(new X509Crl(list).entries).toHaveLength(2);
  });

  it('lets nobody go who governs, and names who has left to nobody', async () => {
    const layout = layoutOf(stateOf('customs'));
    await expect(withoutMember(layout, 'tax')).rejects.toThrow(/another has to take its place first/);
    await expect(withoutMember(layout, 'nobody')).rejects.toThrow(/no organisation nobody/);
    for (let turn = 0; turn < 2; turn++) {
      const network = await withoutMember(layout, 'bank-c');
      const { organisations } = JSON.parse(readFileSync(layout.connection, 'utf8')) as ConnectionProfile;
      expect(organisations.map(({ name }) => name)).toEqual(['customs', 'tax']);
      // What is to go is still known.
      expect(removalOf(network, 'bank-c')).toBeInstanceOf(Function);
      expect(() => removalOf(network, 'bank-a')).toThrow(/public file of bank-a is not here/);
    }
  });

  it(
    'knows of a folder with everybody who is there and who has only handed over a public file',
    async () => {
      const everybody = layoutOf(join(folder, 'all'));
      await openNetwork({ stateDir: everybody.root, consortiumFile });
      const { network } = await accept(everybody, [files.get('bank-c') ?? '']);
      expect(isHere(everybody, { name: 'bank-c' })).toBe(false);
      expect(network.materials.size).toBe(8);
      expect(network.publicFiles.has('bank-c')).toBe(true);
      expect(existsSync(join(everybody.msps, 'MembersMSP', 'cacerts'))).toBe(true);
    },
    KEYS_MS,
  );
});
