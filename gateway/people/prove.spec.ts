import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { certificateOf } from '../projection/testing/certificate.js';
import type { DurableStore } from '../storage/durable-store.js';
import { LevelStore } from '../storage/level-store.js';
import { nothingSaid } from './authority-word.js';
import { CertificateAuthorityError } from './certificate-authority.js';
import type { SecretVerdict } from './certificate-authority.js';
import { readCertificate } from './certificate.js';
import { PeopleLog } from './people-log.js';
import { PeopleRegister } from './people-register.js';
import type { PersonRecord } from './person-record.js';
import { proveBy } from './prove.js';
import type { Prove } from './prove.js';
import { UnsealError } from './seal.js';
import type { Identity } from './wallet.js';

const day = 86_400_000;
const start = Date.parse('2026-01-01T00:00:00Z');
const year = 365 * day;
const anna: PersonRecord = {
  id: 'anna',
  role: 'officer',
  state: 'active',
  since: '2026-01-01T00:00:00.000Z',
  secretAt: 'gateway',
  version: 1,
  errands: [],
  wrongAtAuthority: 0,
  requests: [],
};

describe('who shows a secret', () => {
  let folder: string;
  let disk: DurableStore;
  let register: PeopleRegister;
  let people: PeopleLog;
  let now: number;
  let wallet: { identity: Identity; secret: string } | undefined;
  let asked: string[];
  let verdict: SecretVerdict | Error;
  let fails: Error | undefined;
  let revoked: Set<string>;
  let prove: Prove;

  const certified = async (privateKey: string): Promise<Identity> => {
    const life = { role: 'officer', notBefore: new Date(now), notAfter: new Date(now + year) };
    return { mspId: 'BankAMSP', certificate: await certificateOf('anna', undefined, life), privateKey };
  };
  const ask = (what: string) => {
    asked.push(what);
    if (fails !== undefined) throw fails;
  };
  const alerts = async () =>
    (await people.page(undefined, 20, ({ alert }) => alert)).items.map(({ kind }) => kind);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pledgeonce-prove-'));
    disk = await LevelStore.open(join(folder, 'people'));
    [register, people] = [await PeopleRegister.open(disk), await PeopleLog.open(disk)];
    [now, asked, verdict, fails, revoked] = [start, [], 'wrong', undefined, new Set()];
    wallet = { identity: await certified('first'), secret: 'right' };
    prove = proveBy({
      signsAs: 'BankAMSP',
      register,
      people,
      store: {
        holds: () => Promise.resolve(wallet !== undefined),
        open: (_id, secret) =>
          secret === wallet?.secret
            ? Promise.resolve(wallet.identity)
            : Promise.reject(new UnsealError('no')),
        pretend: () => Promise.resolve(),
        remove: () => {
          wallet = undefined;
          return Promise.resolve();
        },
      },
      authority: {
        judge: () => {
          asked.push('judge');
          return verdict instanceof Error ? Promise.reject(verdict) : Promise.resolve(verdict);
        },
        enrol: async () => (ask('enrol'), certified('enrolled')),
        renew: async ({ privateKey }) => (ask(`renew ${privateKey}`), certified('renewed')),
        setSecret: async () => {
          ask('set-secret');
          await Promise.resolve();
        },
      },
      services: { registrar: () => certified('registrar') },
      watch: { said: () => ({ word: nothingSaid, revoked }) },
      runErrands: () => Promise.resolve(),
      sessions: { endAllOf: () => 0 },
      log: pino({ level: 'silent' }),
      clock: () => now,
    });
  });
  afterEach(async () => {
    await disk.close();
    await rm(folder, { recursive: true });
  });

  describe('of their own', () => {
    it('comes in without the authority while the certificate is in order', async () => {
      expect((await prove(anna, 'right'))?.identity.privateKey).toBe('first');
      expect(await prove(anna, 'wrong')).toBeUndefined();
      expect(asked).toEqual([]);
    });

    it('has the certificate renewed by itself in the last fifth of its life, by the key that it has', async () => {
      now = start + 0.79 * year;
      expect(await prove(anna, 'right')).toMatchObject({ isNew: false });
      now = start + 0.81 * year;
      expect(await prove(anna, 'right')).toMatchObject({ isNew: true, identity: { privateKey: 'renewed' } });
      expect(asked).toEqual(['renew first']);
    });

    it('goes on with the present certificate while it cannot be renewed', async () => {
      now = start + 0.9 * year;
      fails = new CertificateAuthorityError('away');
      expect(await prove(anna, 'right')).toMatchObject({ isNew: false, identity: { privateKey: 'first' } });
    });

    it('gets another certificate after the end of the former, and none once it was revoked', async () => {
      now = start + year + day;
      expect(await prove(anna, 'right')).toMatchObject({ isNew: true, identity: { privateKey: 'enrolled' } });
      expect(asked).toEqual(['set-secret', 'enrol']);
      revoked.add(readCertificate(wallet?.identity.certificate ?? '').serial);
      expect(await prove(anna, 'right')).toBeUndefined();
    });
  });

  describe('of the certificate authority', () => {
    const bert: PersonRecord = { ...anna, secretAt: 'authority' };
    beforeEach(() => register.put(bert));

    it('and is locked there comes in by the wallet, or is refused: no lock is an error', async () => {
      verdict = 'locked';
      expect((await prove(bert, 'right'))?.identity.privateKey).toBe('first');
      for (let turn = 0; turn < 20; turn++) expect(await prove(bert, `guess ${turn}`)).toBeUndefined();
      // Of what does not open the wallet the authority hears eight times at most.
      expect(asked.filter((one) => one === 'judge').length).toBeLessThanOrEqual(1 + 8);
      expect(register.find('anna')?.state).toBe('active');
    });

    it('and is locked before the first sign-in is shown as locked, with an alert', async () => {
      wallet = undefined;
      verdict = 'locked';
      expect(await prove(bert, 'right')).toBeUndefined();
      expect(register.find('anna')?.state).toBe('locked');
      expect(await alerts()).toEqual(['locked']);
    });

    it('of somebody without a wallet is asked of the authority eight times, so that nobody locks them there', async () => {
      wallet = undefined;
      for (let turn = 0; turn < 20; turn++) {
        const record = register.find('anna');
        if (record?.state === 'active') await prove(record, `guess ${turn}`);
      }
      expect(asked).toEqual(Array.from({ length: 8 }, () => 'judge'));
      expect(register.find('anna')?.state).toBe('locked');
    });

    it('is believed by the wallet alone while the authority is away, and nobody without one is called wrong', async () => {
      verdict = new CertificateAuthorityError('away');
      expect((await prove(bert, 'right'))?.identity.privateKey).toBe('first');
      wallet = undefined;
      await expect(prove(bert, 'right')).rejects.toThrow(CertificateAuthorityError);
    });

    it('that was changed there opens nothing any more', async () => {
      expect(await prove(bert, 'right')).toBeUndefined();
      expect(wallet).toBeUndefined();
      expect(await alerts()).toEqual(['secret-changed']);
    });
  });
});
