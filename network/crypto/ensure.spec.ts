import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { cpSync, existsSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { ensureCaServer, ensureMaterial, ensureMembers } from './ensure.js';
import { nodeCertificates } from './expiry.js';
import { renewCertificate } from './renew.js';

const organisation = (name: string, msp: string, orderer: boolean) => ({
  name,
  msp,
  title: name,
  kind: 'bank' as const,
  government: false,
  node: true,
  orderer,
});
const consortium = {
  domain: 'trade.example',
  organisations: [organisation('north', 'NorthMSP', true), organisation('south', 'SouthMSP', false)],
};
const now = new Date('2026-03-01T10:00:00.500Z');
const clock = () => now;
const LATER = new Date('2028-03-01T10:00:00Z');

describe('crypto material', () => {
  const dir = temporaryFolder('crypto');

  it('is made for every organisation, with an ordering node only where the description says so', async () => {
    const [north, south] = await ensureMaterial(consortium, dir, { clock });
    expect(north?.orderer).toBeDefined();
    expect(south?.orderer).toBeUndefined();
    expect(north?.peer.identity.mspId).toBe('NorthMSP');
  });

  it('is a certificate authority and nothing else for a member without a node', async () => {
    const east = { ...organisation('east', 'EastMSP', false), node: false };
    const all = { ...consortium, organisations: [...consortium.organisations, east] };
    const withNodes = await ensureMaterial(all, dir, { clock });
    expect(withNodes.map(({ name }) => name)).toEqual(['north', 'south']);
    const [member] = await ensureMembers(all, dir, { clock });
    expect([member?.name, member?.mspId]).toEqual(['east', 'EastMSP']);
    expect(readdirSync(join(dir, 'east'))).toEqual(['ca']);
    if (!member) throw new Error('no material');
    const { caTls } = await ensureCaServer(member, all, { clock });
    expect(new X509Certificate(caTls.cert).checkIssued(new X509Certificate(member.tlsCa.cert))).toBe(true);
    expect(readdirSync(join(dir, 'east', 'ca-server'))).toEqual(['tls']);
    const again = await ensureCaServer(member, all, { clock });
    expect(again.caTls.cert).toBe(caTls.cert);
  });

  it('verifies with openssl, the roots being roots and the nodes not', async () => {
    const [north] = await ensureMaterial(consortium, dir, { clock });
    if (!north) throw new Error('no material');
    const at = String(now.getTime() / 1000 + 60);
    const check = (root: string, cert: string) =>
      execFileSync('openssl', [
        'verify',
        '-attime',
        at.split('.')[0] ?? at,
        '-x509_strict',
        '-CAfile',
        root,
        cert,
      ]);
    for (const folder of ['peer', 'orderer', 'admin']) {
      check(north.ca.certFile, join(north.dir, folder, 'msp/signcerts/cert.pem'));
    }
    check(north.tlsCa.certFile, north.peer.tls.certFile);
    check(north.tlsCa.certFile, north.chaincodeTls.certFile);
    expect(new X509Certificate(north.ca.cert).ca).toBe(true);
    expect(new X509Certificate(north.peer.identity.cert).ca).toBe(false);
  });

  it('names node units and hosts', async () => {
    const [north] = await ensureMaterial(consortium, dir, { clock });
    const subject = new X509Certificate(north?.peer.identity.cert ?? '').subject;
    expect(subject).toBe('OU=peer\nCN=peer.north.trade.example');
    const tls = new X509Certificate(north?.peer.tls.cert ?? '');
    expect(tls.checkHost('localhost')).toBe('localhost');
    expect(tls.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(tls.checkHost('peer.north.trade.example')).toBeDefined();
    expect(readFileSync(join(north?.mspDir ?? '', 'config.yaml'), 'utf8')).toContain('Enable: true');
  });

  it('counts from five minutes ago and in whole seconds', async () => {
    const [north] = await ensureMaterial(consortium, dir, { clock });
    expect(new X509Certificate(north?.peer.identity.cert ?? '').validFrom).toBe('Mar  1 09:55:00 2026 GMT');
  });

  it('keeps private keys as PKCS#8 for their owner only', async () => {
    const [north] = await ensureMaterial(consortium, dir, { clock });
    const keys = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('key.pem'),
    );
    expect(keys.length).toBeGreaterThan(5);
    for (const key of keys) expect(statSync(join(dir, key)).mode & 0o777).toBe(0o600);
    expect(readFileSync(north?.ca.keyFile ?? '', 'utf8')).toMatch(/^-----BEGIN PRIVATE KEY-----/);
  });

  it('stays as it is when asked for again, and gets back only what is missing', async () => {
    const before = await ensureMaterial(consortium, dir, { clock });
    rmSync(join(dir, 'south', 'peer', 'tls'), { recursive: true });
    const after = await ensureMaterial(consortium, dir, { clock });
    expect(after[0]?.peer.identity.cert).toBe(before[0]?.peer.identity.cert);
    expect(after[1]?.ca.cert).toBe(before[1]?.ca.cert);
    expect(after[1]?.peer.identity.cert).toBe(before[1]?.peer.identity.cert);
    expect(after[1]?.peer.tls.cert).not.toBe(before[1]?.peer.tls.cert);
  });

  it('leaves no half-made folder to be mistaken for a whole one', async () => {
    cpSync(join(dir, 'south', 'peer', 'msp'), join(dir, 'south', 'peer', 'msp.draft'), { recursive: true });
    rmSync(join(dir, 'south', 'peer', 'msp'), { recursive: true });
    const [, south] = await ensureMaterial(consortium, dir, { clock });
    expect(south?.peer.identity.cert).toContain('BEGIN CERTIFICATE');
    expect(existsSync(join(dir, 'south', 'peer', 'msp.draft'))).toBe(false);
  });

  it('renews a certificate, with its key or with a new one', async () => {
    const [before] = await ensureMaterial(consortium, dir, { clock });
    const later = () => new Date('2027-03-01T10:00:00Z');
    const request = { organisation: 'north', node: 'peer', part: 'msp', clock: later } as const;
    const same = await renewCertificate(consortium, dir, request);
    expect(same.peer.identity.cert).not.toBe(before?.peer.identity.cert);
    expect(same.peer.identity.key.equals(before?.peer.identity.key ?? same.ca.key)).toBe(true);
    expect(new X509Certificate(same.peer.identity.cert).validFrom).toContain('2027');

    const renewed = await renewCertificate(consortium, dir, { ...request, newKey: true });
    expect(renewed.peer.identity.key.equals(same.peer.identity.key)).toBe(false);
    expect(new X509Certificate(renewed.peer.identity.cert).checkPrivateKey(renewed.peer.identity.key)).toBe(
      true,
    );
    const tls = await renewCertificate(consortium, dir, { ...request, part: 'tls' });
    expect(tls.peer.tls.key).toBe(before?.peer.tls.key);
    expect(tls.peer.tls.cert).not.toBe(before?.peer.tls.cert);
  });

  it('tells which certificates run out first', async () => {
    const [north] = await ensureMaterial(consortium, dir, { clock });
    await renewCertificate(consortium, dir, {
      organisation: 'south',
      node: 'peer',
      part: 'tls',
      clock: () => LATER,
    });
    const certificates = nodeCertificates(dir, consortium.organisations);
    const ofNorth = certificates.filter(({ organisation: name }) => name === 'north');
    expect(ofNorth).toHaveLength(8);
    expect(ofNorth.map(({ node, part }) => `${node} ${part}`)).toContain('orderer msp');
    expect(certificates.at(-1)).toMatchObject({ organisation: 'south', node: 'peer', part: 'tls' });
    expect(certificates[0]?.notAfter.toISOString()).toBe(
      new Date(new X509Certificate(north?.admin.identity.cert ?? '').validTo).toISOString(),
    );
  });

  it('refuses to renew for an organisation that is not there', async () => {
    const request = { organisation: 'west', node: 'peer', part: 'tls' } as const;
    await expect(renewCertificate(consortium, dir, request)).rejects.toThrow('no organisation west');
  });

  it('does not let a certificate outlive its root', async () => {
    const short = temporaryFolder('crypto');
    const [north] = await ensureMaterial(consortium, short, { clock, lifetimes: { root: 10, node: 1000 } });
    const end = (pem = '') => new X509Certificate(pem).validTo;
    expect(end(north?.peer.identity.cert)).toBe(end(north?.ca.cert));
  });
});
