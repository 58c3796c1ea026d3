import { createPublicKey, verify } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import 'reflect-metadata';
import { Pkcs10CertificateRequest } from '@peculiar/x509';
import { halfOrder } from '@pledgeonce/chaincode/low-s.js';
import { signingBy } from '../ledger/signing.js';
import { Pkcs11Token } from './pkcs11-token.js';
import { isReference, readReference, referenceTo } from './key-reference.js';
import { makeSoftToken, setForLibraries, whyNoSoftToken, type SoftToken } from './testing/soft-token.js';
import { loadLibrary } from './token-library.js';
import { tokenRequest } from './token-request.js';

describe('the name of a key in a token', () => {
  it('says which token and which key, whatever the label has in it', () => {
    const id = Buffer.from([0, 1, 0xab, 0xff]);
    const reference = referenceTo('bank; A=%', id);
    expect(isReference(reference)).toBe(true);
    expect(readReference(reference)).toEqual({ label: 'bank; A=%', id });
    expect(isReference('-----BEGIN PRIVATE KEY-----')).toBe(false);
    expect(() => readReference('pkcs11:token=a')).toThrow('names no key');
  });

  it('signs nothing where the configuration names no token', () => {
    expect(() => signingBy(undefined)(referenceTo('a', Buffer.from([1])))).toThrow('names none');
  });
});

const why = await whyNoSoftToken();
(why === undefined ? describe : describe.skip)('a token (needs SoftHSM and pkcs11js)', () => {
  let soft: SoftToken;
  let token: Pkcs11Token;
  beforeAll(async () => {
    soft = makeSoftToken('pledgeonce-spec');
    await setForLibraries(soft.env);
    token = await Pkcs11Token.open(soft.config);
  });
  afterAll(async () => {
    await token.close();
    soft.remove();
  });

  const publicOf = (key: Buffer) => createPublicKey({ key, format: 'der', type: 'spki' });

  it('signs with a key that it has made, many at a time, as Fabric takes signatures', async () => {
    const { reference, publicKey } = await token.makeKey();
    const messages = Array.from({ length: 400 }, (_, index) => Buffer.from(`transaction ${String(index)}`));
    const { signer } = signingBy(token)(reference);
    const signatures = await Promise.all(messages.map((message) => signer(message)));
    const holds = signatures.map((one, index) =>
      verify('sha256', messages[index] ?? Buffer.of(), publicOf(publicKey), one),
    );
    expect(holds).toEqual(messages.map(() => true));
    const fixed = await token.sign(reference, messages[0] ?? Buffer.of());
    expect(BigInt(`0x${Buffer.from(fixed.subarray(32)).toString('hex')}`) <= halfOrder).toBe(true);
    const atOnce = token.signAtOnce(reference, Buffer.from('renewal'));
    const key = { key: publicOf(publicKey), dsaEncoding: 'ieee-p1363' } as const;
    expect(verify('sha256', Buffer.from('renewal'), key, atOnce)).toBe(true);
  });

  it('asks for a certificate by that key', async () => {
    const { csr, privateKey } = await tokenRequest('officer-7', token);
    const request = new Pkcs10CertificateRequest(csr);
    expect([request.subject, await request.verify()]).toEqual(['CN=officer-7', true]);
    expect(isReference(privateKey)).toBe(true);
    const spki = Buffer.from(request.publicKey.rawData);
    const message = Buffer.from('signed later');
    const signature = await signingBy(token)(privateKey).signer(message);
    expect(verify('sha256', message, publicOf(spki), signature)).toBe(true);
  });

  it('hands out no private key', async () => {
    const { calls, names } = await loadLibrary(soft.config.library);
    await token.makeKey();
    const slot = calls
      .C_GetSlotList(true)
      .find((one) => calls.C_GetTokenInfo(one).label.trim() === 'pledgeonce-spec');
    if (slot === undefined) throw new Error('no slot');
    const session = calls.C_OpenSession(slot, names.CKF_SERIAL_SESSION);
    try {
      calls.C_FindObjectsInit(session, [{ type: names.CKA_CLASS, value: names.CKO_PRIVATE_KEY }]);
      const [key] = calls.C_FindObjects(session, 1);
      calls.C_FindObjectsFinal(session);
      if (key === undefined) throw new Error('no key');
      expect(() => calls.C_GetAttributeValue(session, key, [{ type: names.CKA_VALUE }])).toThrow(
        'CKR_ATTRIBUTE_SENSITIVE',
      );
    } finally {
      calls.C_CloseSession(session);
    }
  });

  it('finds its keys again in another session, and says which it has not', async () => {
    const { reference, publicKey } = await token.makeKey();
    const again = await Pkcs11Token.open(soft.config);
    const signature = await signingBy(again)(reference).signer(Buffer.from('x'));
    expect(verify('sha256', Buffer.from('x'), publicOf(publicKey), signature)).toBe(true);
    await expect(again.sign(referenceTo('pledgeonce-spec', Buffer.from([9])), Buffer.of())).rejects.toThrow(
      'has no such key',
    );
    await expect(again.sign(referenceTo('other', Buffer.from([9])), Buffer.of())).rejects.toThrow(
      'in the token other',
    );
    // A refusal leaves the session usable.
    await expect(again.sign(reference, Buffer.from('y'))).resolves.toHaveLength(64);
    await again.close();
  });

  it('is not opened under another label or without its library', async () => {
    await expect(Pkcs11Token.open({ ...soft.config, label: 'nobody' })).rejects.toThrow(
      'no token with the label nobody',
    );
    const library = join(soft.config.pinFile, '..', 'none.so');
    writeFileSync(library, 'no library');
    await expect(Pkcs11Token.open({ ...soft.config, library })).rejects.toThrow('cannot be loaded');
  });
});
