import 'reflect-metadata';
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { jest } from '@jest/globals';
import { X509CrlGenerator } from '@peculiar/x509';
import { encodeElement, encodeInteger } from '@pledgeonce/chaincode/der.js';
import { signingKeyOf } from '../../crypto/keys.js';
import { specOrganisation, type SpecOrganisation } from '../ledger/testing/spec-organisation.js';
import { elementAt } from './der.js';
import { IdentityError, type Msps } from './identity.js';
import { isLowS } from './low-s.js';
import { openMsps } from './open-msps.js';
import { openSigningIdentity, serializeIdentity } from './signing-identity.js';

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
let a: SpecOrganisation;
let b: SpecOrganisation;

beforeAll(() => {
  a = specOrganisation('A');
  b = specOrganisation('B');
});

/** The other signature that is mathematically as good: s becomes n − s. */
function highS(signature: Uint8Array): Buffer {
  const r = elementAt(signature, elementAt(signature, 0).content);
  const s = elementAt(signature, r.end);
  const value = BigInt(`0x${Buffer.from(signature.subarray(s.content, s.end)).toString('hex')}`);
  const other = Buffer.from((ORDER - value).toString(16).padStart(64, '0'), 'hex');
  return encodeElement(0x30, Buffer.concat([signature.subarray(r.start, r.end), encodeInteger(other)]));
}

describe('an MSP that several members share', () => {
  const judge = (msps: Msps, { certificate }: { readonly certificate: string }) => {
    const identity = msps.identity(serializeIdentity('Shared', certificate));
    msps.validate(identity);
    return msps.holderOf(identity);
  };

  it('takes in the people of a member from when its root is added, and tells them from the others', async () => {
    const msps = openMsps([{ mspId: 'Shared', rootCerts: a.rootCerts, isShared: true }]);
    const [ofA, ofB] = [await a.enrol('x', 'client'), await b.enrol('x', 'client')];
    expect(() => judge(msps, ofB)).toThrow(IdentityError);
    msps.addRoots('Shared', b.rootCerts);
    msps.addRoots('Shared', b.rootCerts);
    const holders = [judge(msps, ofA), judge(msps, await a.enrol('y', 'client')), judge(msps, ofB)];
    expect(holders[1]).toBe(holders[0]);
    expect(holders[2]).not.toBe(holders[0]);
  });

  it('finds whose somebody is by one look, however many members there are', async () => {
    const others = Array.from({ length: 20 }, (_, index) => specOrganisation(`Member${index}`));
    const msps = openMsps([{ mspId: 'Shared', rootCerts: a.rootCerts, isShared: true }]);
    for (const { rootCerts } of others) msps.addRoots('Shared', rootCerts);
    const [last] = others.slice(-1);
    const person = await (last ?? a).enrol('x', 'client');
    const looks = jest.spyOn(X509Certificate.prototype, 'checkIssued');
    judge(msps, person);
    // Whether it is valid, whether its authority is rooted is known by itself, and whose it is.
    expect(looks.mock.calls.length).toBeLessThanOrEqual(2);
    looks.mockRestore();
  });

  it('may have no member yet', async () => {
    const msps = openMsps([{ mspId: 'Shared', rootCerts: '', isShared: true }]);
    const someone = await a.enrol('x', 'client');
    expect(() => judge(msps, someone)).toThrow(IdentityError);
    expect(() => openMsps([{ mspId: 'A', rootCerts: '' }])).toThrow('no root certificate');
  });
});

describe('identities', () => {
  it('have the role that their unit names', async () => {
    const msps = openMsps([a, b]);
    for (const role of ['client', 'peer', 'admin', 'orderer'] as const) {
      const identity = msps.identity((await a.enrol('x', 'department', role)).serialized);
      expect(identity).toMatchObject({ mspId: 'A', role });
      expect(() => {
        msps.validate(identity);
      }).not.toThrow();
    }
  });

  it('are the same object for the same bytes', async () => {
    const msps = openMsps([a]);
    const { serialized } = await a.enrol('x', 'client');
    expect(msps.identity(Buffer.from(serialized))).toBe(msps.identity(serialized));
  });

  it('are refused when unknown, unreadable, of another CA, or a CA themselves', async () => {
    const msps = openMsps([a, b]);
    const { certificate } = await b.enrol('x', 'client');
    expect(() => msps.identity(serializeIdentity('C', certificate))).toThrow(IdentityError);
    expect(() => msps.identity(serializeIdentity('A', 'no certificate'))).toThrow(IdentityError);
    expect(() => msps.identity(Buffer.from('0affff', 'hex'))).toThrow(IdentityError);
    for (const [mspId, pem] of [
      ['A', certificate],
      ['A', a.rootCerts],
    ] as const) {
      const identity = msps.identity(serializeIdentity(mspId, pem));
      expect(() => {
        msps.validate(identity);
      }).toThrow(IdentityError);
    }
  });

  it('expire, which a block does not ask', async () => {
    const msps = openMsps([a]);
    const identity = msps.identity((await a.enrol('x', 'client')).serialized);
    expect(msps.expired(identity, identity.expiresAt)).toBe(false);
    expect(msps.expired(identity, identity.expiresAt + 1)).toBe(true);
    const past = specOrganisation('A', new Date('2020-01-01'));
    const old = openMsps([past]);
    const expired = old.identity((await past.enrol('x', 'client')).serialized);
    expect(() => {
      old.validate(expired);
    }).not.toThrow();
  });

  it('are revoked by their own CA’s list only, from then on', async () => {
    const msps = openMsps([a, b]);
    const identity = msps.identity((await a.enrol('x', 'client')).serialized);
    const other = msps.identity((await a.enrol('y', 'client')).serialized);
    msps.validate(identity);
    const list = async (organisation: SpecOrganisation) =>
      (
        await X509CrlGenerator.create({
          issuer: `CN=ca.${organisation.mspId}`,
          thisUpdate: new Date(),
          signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
          signingKey: await signingKeyOf(organisation.rootKey),
          entries: [{ serialNumber: identity.certificate.serialNumber }],
        })
      ).toString('pem');
    const foreign = await list(b);
    expect(() => {
      msps.addRevocationList('A', foreign);
    }).toThrow(IdentityError);
    expect(() => {
      msps.addRevocationList('A', 'no list');
    }).toThrow(IdentityError);
    msps.validate(identity);
    msps.addRevocationList('A', await list(a));
    expect(() => {
      msps.validate(identity);
    }).toThrow(/revoked/);
    msps.validate(other);
  });
});

describe('signatures', () => {
  it('are verified, remembered, and bound to signer and message', async () => {
    const msps = openMsps([a]);
    const signer = await a.enrol('x', 'client');
    const other = msps.identity((await a.enrol('y', 'client')).serialized);
    const identity = msps.identity(signer.serialized);
    const message = Buffer.from('pledged once');
    const signature = signer.sign(message);
    for (let round = 0; round < 2; round++) {
      expect(msps.verify(identity, message, signature)).toBe(true);
      expect(msps.verify(other, message, signature)).toBe(false);
      expect(msps.verify(identity, Buffer.from('pledged twice'), signature)).toBe(false);
      expect(msps.verify(identity, message, Buffer.concat([signature, Buffer.of(0)]))).toBe(false);
    }
  });

  it('have the lower s, as made and as accepted', async () => {
    const msps = openMsps([a]);
    const signer = await a.enrol('x', 'client');
    const identity = msps.identity(signer.serialized);
    for (let round = 0; round < 40; round++) {
      const message = Buffer.from(`message ${round}`);
      const signature = signer.sign(message);
      expect(isLowS(signature)).toBe(true);
      expect(msps.verify(identity, message, signature)).toBe(true);
      expect(msps.verify(identity, message, highS(signature))).toBe(false);
    }
  });

  it.each(['', '30', '3000', '300602010102', '3006020101020101ff', '3006030101020101'])(
    'are not %s',
    (hex) => {
      expect(isLowS(Buffer.from(hex, 'hex'))).toBe(false);
    },
  );

  it('need a key that belongs to the certificate', async () => {
    const { certificate } = await a.enrol('x', 'client');
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    expect(() => openSigningIdentity('A', certificate, pem)).toThrow(IdentityError);
  });
});
