import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { jest } from '@jest/globals';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import {
  CertificateAuthority,
  EnrolmentRefusedError,
} from '@pledgeonce/gateway/people/certificate-authority.js';
import { readConsortium } from '@pledgeonce/network/consortium.js';
import { connectionProfile } from '@pledgeonce/network/fabric/connection.js';
import { stopDaemon } from '@pledgeonce/network/fabric/native/daemon.js';
import { startNode } from '@pledgeonce/network/fabric/native/nodes.js';
import { onPath } from '@pledgeonce/network/fabric/native/programs.js';
import { openNetwork, type FabricNetwork } from '@pledgeonce/network/fabric/network.js';
import { nodesOf } from '@pledgeonce/network/fabric/topology.js';
import { consortiumFile } from '../stack/options.js';
import { backUp } from './back-up.js';
import { restore } from './restore.js';

/** Two starts of a server and some signatures, on a machine that others use too. */
jest.setTimeout(300_000);

const program = 'fabric-ca-server';
const path = process.env['PATH'] ?? '';
const withoutProgram = path.split(delimiter).filter((folder) => !onPath(program, folder));

describe('the folder of an organisation with its certificate authority', () => {
  const root = mkdtempSync(join(tmpdir(), 'pledgeonce-kept-ca-'));
  const authorities: (() => Promise<unknown>)[] = [];

  afterEach(async () => {
    process.env['PATH'] = path;
    for (const stop of authorities.splice(0)) await stop();
  });
  afterAll(() => {
    rmSync(root, { recursive: true, force: true });
  });

  /** The certificate authority of one bank, and what its gateway calls it by. */
  async function bank(portBase: number) {
    const stateDir = join(root, `${portBase}`);
    const description = join(root, `${portBase}.yaml`);
    const whole = readConsortium(consortiumFile);
    const organisations = whole.organisations.filter(({ name }) => name === 'bank-b');
    // YAML reads JSON too.
    writeFileSync(description, JSON.stringify({ ...whole, organisations, operation: {} }));
    const network = await openNetwork({ stateDir, consortiumFile: description, portBase });
    const node = nodesOf(network.consortium).find(({ kind }) => kind === 'ca');
    const [profile] = connectionProfile(network).organisations;
    if (node === undefined || profile === undefined) throw new Error('There is no bank.');
    const { mspId, ca } = profile;
    const stop = async () => stopDaemon(network.layout.node(node.name));
    authorities.push(stop);
    return {
      folder: join(network.layout.organisations, 'bank-b'),
      database: join(network.layout.node(node.name).data, 'fabric-ca-server.db'),
      start: async () => startNode(network, node),
      stop,
      authority: new CertificateAuthority({ ...ca, mspId }),
      registrarSecret: () => readFileSync(join(peopleOf(network), 'registrar.secret'), 'utf8').trim(),
    };
  }

  /** Enrols, loses everything, brings it back, and asks the authority what it knows. */
  async function isKept({
    folder,
    start,
    stop,
    authority,
    registrarSecret,
  }: Awaited<ReturnType<typeof bank>>) {
    await start();
    const registrar = await authority.enrol('registrar', registrarSecret());
    const person = { role: 'officer', secret: 'a secret of their own' } as const;
    for (const enrolmentId of ['clerk', 'leaver'])
      await authority.register({ enrolmentId, ...person }, registrar);
    const clerk = await authority.enrol('clerk', person.secret);
    await authority.enrol('leaver', person.secret);
    await authority.revoke('leaver', registrar);
    await stop();

    const identity = await generateIdentity();
    const file = join(root, 'authority.age');
    await backUp(folder, file, [await identityToRecipient(identity)]);
    rmSync(folder, { recursive: true });
    await restore(file, identity, folder);
    await start();

    // Whom only its database knows enrols by the same secret; who was certified before is certified anew.
    const again = await authority.enrol('clerk', person.secret);
    const renewed = await authority.renew(clerk);
    expect(new Set([clerk, again, renewed].map(({ certificate }) => certificate)).size).toBe(3);
    expect(await authority.read('clerk', registrar)).toMatchObject({ id: 'clerk', role: 'officer' });
    await expect(authority.enrol('clerk', 'another secret')).rejects.toThrow(EnrolmentRefusedError);
    await expect(authority.enrol('leaver', person.secret)).rejects.toThrow();
    expect(await authority.revocationList(registrar)).toContain('BEGIN X509 CRL');
  }

  it('comes back whole with our own authority', async () => {
    process.env['PATH'] = withoutProgram.join(delimiter);
    await isKept(await bank(20_850));
  });

  // Where there is no fabric-ca-server, the run says that this was skipped.
  (onPath(program) ? describe : describe.skip)('of Fabric', () => {
    it('comes back whole, with its database', async () => {
      const its = await bank(20_870);
      await isKept(its);
      expect(readFileSync(its.database).subarray(0, 15).toString()).toBe('SQLite format 3');
    });
  });
});

function peopleOf({ layout }: FabricNetwork): string {
  return layout.people('bank-b');
}
