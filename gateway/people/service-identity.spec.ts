import { certificateOf } from '../projection/testing/certificate.js';
import { CertificateAuthorityError, SecretsLockedError } from './certificate-authority.js';
import { ServiceIdentities, ServiceIdentityError, retryMs } from './service-identity.js';
import type { Identity } from './wallet.js';

const day = 86_400_000;
const start = Date.parse('2026-01-01T00:00:00Z');
const year = 365 * day;

describe('the identities of a gateway', () => {
  let kept: Map<string, Identity>;
  let now: number;
  let asked: string[];
  let fails: Partial<Record<'enrol' | 'register' | 'renew', Error>>;
  let made: number;

  const identity = async (name: string): Promise<Identity> => {
    const life = { notBefore: new Date(now), notAfter: new Date(now + year) };
    const certificate = await certificateOf(name, undefined, life);
    return { mspId: 'BankAMSP', certificate, privateKey: `key-${++made}` };
  };
  const authority = {
    enrol: (id: string, secret: string) => answer('enrol', `${id}/${secret}`, () => identity(id)),
    register: ({ enrolmentId }: { readonly enrolmentId: string }) =>
      answer('register', enrolmentId, () => Promise.resolve('once')),
    renew: ({ privateKey }: Identity) => answer('renew', privateKey, () => identity('renewed')),
  };
  async function answer<T>(what: keyof typeof fails, whom: string, give: () => Promise<T>): Promise<T> {
    asked.push(`${what} ${whom.replace(/-[0-9a-f]{8}/, '')}`);
    const failure = fails[what];
    if (failure !== undefined) throw failure;
    return give();
  }
  /** As the gateway opens them at each start, on what it kept. */
  const open = () =>
    new ServiceIdentities(
      {
        open: (label) => Promise.resolve(kept.get(label)),
        save: (label, _secret, one) => Promise.resolve(void kept.set(label, one)),
      },
      authority,
      { id: 'registrar', secret: 'of the file' },
      undefined,
      () => now,
    );

  beforeEach(() => {
    kept = new Map();
    [now, asked, fails, made] = [start, [], {}, 0];
  });

  it('are registered once, and found again after a restart without the authority', async () => {
    const first = await open().reader();
    expect(asked).toEqual(['enrol registrar/of the file', 'register gateway', 'enrol gateway/once']);
    fails = { enrol: new CertificateAuthorityError('away'), register: new CertificateAuthorityError('away') };
    expect(await open().reader()).toEqual(first);
    expect(asked).toHaveLength(3);
  });

  it('are renewed a week before they end, by their own key: no secret and no registrar is needed', async () => {
    const services = open();
    const [registrar, reader] = [await services.registrar(), await services.reader()];
    now = start + year - 7 * day - 1;
    expect(await services.reader()).toBe(reader);
    now += 2;
    asked = [];
    fails = { enrol: new SecretsLockedError('locked'), register: new CertificateAuthorityError('away') };
    const [next, nextRegistrar] = [await services.reader(), await services.registrar()];
    expect(asked).toEqual([`renew ${reader.privateKey}`, `renew ${registrar.privateKey}`]);
    expect(next.privateKey).not.toBe(reader.privateKey);
    // Kept, so that a restart does not fall back to the former.
    expect([await open().reader(), await open().registrar()]).toEqual([next, nextRegistrar]);
    expect(services.missing).toEqual([]);
  });

  it('serve on to their last day while nobody renews them, and the authority is not asked all the time', async () => {
    const services = open();
    const reader = await services.reader();
    const away = new CertificateAuthorityError('away');
    fails = { enrol: away, register: away, renew: away };
    now = start + year - day;
    asked = [];
    for (let turn = 0; turn < 5; turn++) expect(await services.reader()).toEqual(reader);
    expect(asked.filter((one) => one.startsWith('renew') && one.endsWith(reader.privateKey))).toHaveLength(1);
    expect(services.missing).toEqual([]);
    now += retryMs + 1;
    fails = {};
    expect((await services.reader()).privateKey).not.toBe(reader.privateKey);
  });

  it('are named when they are missing, asked for again now and then, and there once it helps', async () => {
    fails = { enrol: new SecretsLockedError('locked') };
    const services = open();
    await expect(services.registrar()).rejects.toThrow(ServiceIdentityError);
    await expect(services.reader()).rejects.toThrow(ServiceIdentityError);
    expect([...services.missing].sort()).toEqual(['gateway', 'registrar']);
    // A secret that is refused is not shown again and again: that alone would lock the registrar.
    for (let turn = 0; turn < 50; turn++) await services.registrar().catch(() => undefined);
    expect(asked.filter((one) => one.startsWith('enrol registrar'))).toHaveLength(1);
    now += retryMs;
    fails = {};
    expect((await services.registrar()).mspId).toBe('BankAMSP');
    expect((await services.reader()).mspId).toBe('BankAMSP');
    expect(services.missing).toEqual([]);
  });

  it('are described as they stand, also those that nobody has asked for yet', async () => {
    const services = open();
    await services.reader();
    const [registrar, reader, clerk] = await services.described();
    expect(registrar).toMatchObject({ label: 'registrar', state: 'in-order', enrolmentId: 'registrar' });
    expect(reader).toMatchObject({
      label: 'gateway',
      endsAt: start + year,
      renewsFrom: start + year - 7 * day,
    });
    expect(clerk).toEqual({ label: 'clerk', state: 'missing' });
    now = start + year - day;
    expect((await services.described()).map(({ state }) => state)).toEqual(['due', 'due', 'missing']);
    now = start + year;
    expect((await services.described()).map(({ state }) => state)).toEqual(['ended', 'ended', 'missing']);
  });
});
