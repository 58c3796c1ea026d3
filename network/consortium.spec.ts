import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseDocument, type Document } from 'yaml';
import { channelPolicies } from './administration.js';
import {
  channelMsps,
  nodePlacesOf,
  placesOf,
  portsOf,
  readConsortium,
  type Consortium,
} from './consortium.js';
import { profileNamesOf } from './connection-profile.js';
import { operationOf } from './operation.js';
import { temporaryFolder } from './testing/temporary-folder.js';

const description = fileURLToPath(new URL('../consortium.yaml', import.meta.url));
const government = ['CustomsMSP', 'TaxMSP', 'RegulatorMSP'];

/** The consortium of the repository after a change of its description. */
function changed(change: (document: Document) => void): Consortium {
  const document = parseDocument(readFileSync(description, 'utf8'));
  change(document);
  const file = join(temporaryFolder('consortium-spec'), 'consortium.yaml');
  writeFileSync(file, document.toString());
  return readConsortium(file);
}

describe('the collections of the consortium', () => {
  it('are the registry of the government nodes alone', () => {
    const { organisations, collections } = readConsortium(description);
    expect(organisations.filter((one) => one.government).map(({ msp }) => msp)).toEqual(government);
    expect(collections.map(({ name, members }) => [name, members])).toEqual([['registry', government]]);
  });

  it('stay what they are when a bank joins', () => {
    const bank = { name: 'bank-c', msp: 'BankCMSP', title: 'Bank C', kind: 'bank' };
    const { collections } = changed((document) => {
      document.addIn(['organisations'], document.createNode(bank));
    });
    expect(collections).toEqual(readConsortium(description).collections);
  });
});

describe('a member without a node', () => {
  const bank = { name: 'bank-c', msp: 'BankCMSP', title: 'Bank C', kind: 'bank', node: false };
  const withBank = (more: object = {}) =>
    changed((document) => {
      document.addIn(['organisations'], document.createNode({ ...bank, ...more }));
    });

  it('has its place and ports in the description, and its MSP with all others that have none', () => {
    const consortium = withBank();
    const places = placesOf(consortium);
    expect(places).toHaveLength(9);
    expect(nodePlacesOf(consortium)).toEqual(places.slice(0, 8));
    const msps = channelMsps(consortium);
    expect(msps).not.toContain('BankCMSP');
    expect(msps.at(-1)).toBe('MembersMSP');
    expect(channelMsps(readConsortium(description))).not.toContain('MembersMSP');
  });

  it('is known to readers and writers by its people alone', () => {
    const consortium = withBank();
    const { readers, writers } = channelPolicies({ ...consortium, msps: channelMsps(consortium) });
    for (const policy of [readers, writers]) {
      expect(policy).toContain("'MembersMSP.client'");
      expect(policy).not.toMatch(/MembersMSP\.(?!client)/);
    }
  });

  it('keeps its line, and so the ports of those below it, when it has left', () => {
    const after = { ...bank, name: 'bank-d', msp: 'BankDMSP' };
    const both = changed((document) => {
      for (const one of [bank, after]) document.addIn(['organisations'], document.createNode(one));
      document.setIn(['organisations', 8, 'left'], true);
    });
    expect(placesOf(both).map(({ organisation }) => organisation.name)).not.toContain('bank-c');
    expect(placesOf(both).at(-1)).toMatchObject({
      organisation: { name: 'bank-d' },
      ports: portsOf(both, 9),
    });
    const alone = withBank({ left: true });
    expect(channelMsps(alone)).toEqual(channelMsps(readConsortium(description)));
    expect(() =>
      changed((document) => {
        document.setIn(['organisations', 0, 'left'], true);
      }),
    ).toThrow(/another has to take its place first/);
  });

  it.each([{ government: true }, { orderer: true }])('is not %o', (more) => {
    expect(() => withBank(more)).toThrow('have a node');
  });

  it('needs somebody who governs', () => {
    const ungoverned = (document: Document) => {
      document.delete('administration');
      document.addIn(['organisations'], document.createNode(bank));
    };
    expect(() => changed(ungoverned)).toThrow('need an administration');
  });

  it('may be one of four hundred', () => {
    const { organisations } = changed((document) => {
      for (let number = 0; number < 400; number++) {
        const names = { name: `bank-${number}`, msp: `Bank${number}MSP` };
        document.addIn(['organisations'], document.createNode({ ...bank, ...names }));
      }
    });
    expect(organisations).toHaveLength(408);
  });
});

describe('a portal beside the first', () => {
  const line = { name: 'portal-b', msp: 'PortalBMSP', title: 'Portal of a city', kind: 'enterprise' };
  const withLines = (...lines: readonly object[]) =>
    changed((document) => {
      for (const one of lines)
        document.addIn(['organisations'], document.createNode({ ...line, node: false, ...one }));
    });

  it('says whom it serves, for the register and for nobody who serves nobody', () => {
    const accounts = ['913302', 'LEI:5299'];
    const consortium = withLines({ accounts });
    const profiles = consortium.organisations.map((one) => profileNamesOf(consortium, one));
    expect(profiles.at(-1)).toMatchObject({ mspId: line.msp, accounts });
    expect(profiles.filter((one) => 'accounts' in one)).toHaveLength(1);
  });

  it.each([
    ['a bank', [{ accounts: ['913302'], kind: 'bank' }], 'Only a portal serves'],
    ['what is no beginning', [{ accounts: ['91-33'] }], 'An account begins with'],
    ['nobody', [{ accounts: [] }], 'accounts'],
    [
      'the same as another',
      [{ accounts: ['913302'] }, { name: 'portal-c', msp: 'PortalCMSP', accounts: ['923302', '913302'] }],
      'Two portals serve',
    ],
  ])('does not serve: %s', (_what, lines, sentence) => {
    expect(() => withLines(...lines)).toThrow(sentence);
  });

  it('is not the first, which serves every other account', () => {
    expect(() =>
      changed((document) => {
        document.setIn(['organisations', 7, 'accounts'], ['913302']);
      }),
    ).toThrow('The first portal serves every account');
  });
});

describe('what an organisation has chosen for its own part', () => {
  const choosing = (operation: object) =>
    changed((document) => {
      document.set('operation', document.createNode(operation));
    });

  it('is nothing, unless the description says so', () => {
    const consortium = readConsortium(description);
    expect(consortium).not.toHaveProperty('operation');
    expect(consortium.organisations.map((one) => operationOf(consortium, one))).toEqual(
      consortium.organisations.map(() => ({})),
    );
  });

  it('is said of it alone', () => {
    const chosen = {
      replicas: 3,
      publicUrl: 'https://registry.bank.example',
      traces: 'http://collector:4318',
    };
    const consortium = choosing({ 'bank-a': chosen });
    const said = consortium.organisations.map((one) => [one.name, operationOf(consortium, one)] as const);
    expect(said.filter(([, one]) => Object.keys(one).length > 0)).toEqual([['bank-a', chosen]]);
  });

  it.each([
    [{ 'bank-z': { replicas: 2 } }, 'is not described, or has no node'],
    [{ 'bank-a': { replicas: 1 } }, 'operation["bank-a"].replicas'],
    [{ 'bank-a': { replicas: 10 } }, 'operation["bank-a"].replicas'],
    [{ 'bank-a': { publicUrl: 'ftp://registry' } }, 'operation["bank-a"].publicUrl'],
    [{ 'bank-a': { traces: 'collector:4318' } }, 'operation["bank-a"].traces'],
    [{ 'bank-a': { trustedProxies: [] } }, 'operation["bank-a"].trustedProxies'],
    [{ 'bank-a': { tls: { certificateFile: '/etc/tls.crt' } } }, 'Its files lie in the folder doors'],
    [{ 'bank-a': { tls: { certificateFile: 'doors/a/tls.crt' } } }, 'Its files lie in the folder doors'],
    [{ 'bank-a': { provider: { clientSecretFile: '../secret' } } }, 'Its files lie in the folder doors'],
    [{ 'bank-a': { token: { pinFile: 7 } } }, 'Its files lie in the folder doors'],
    [{ 'bank-a': { replicas: 2, tls: { certificateFile: 'doors/tls.crt' } } }, 'TLS ends there'],
    // A secret is in a file of its own.
    [{ 'bank-a': { replicas: 2, database: 'postgresql://bank:hush@db/pledgeonce' } }, 'database'],
  ])('is not %j', (operation, reason) => {
    expect(() => choosing(operation)).toThrow(reason);
  });
});
