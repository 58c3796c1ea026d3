import { X509Certificate } from 'node:crypto';
import { readConnectionProfile, organisationOf } from '@pledgeonce/gateway/ledger/connection-profile.js';
import { CertificateAuthority } from '@pledgeonce/gateway/people/certificate-authority.js';
import { isReference } from '@pledgeonce/gateway/tokens/key-reference.js';
import { Pkcs11Token } from '@pledgeonce/gateway/tokens/pkcs11-token.js';
import {
  makeSoftToken,
  setForLibraries,
  whyNoSoftToken,
  type SoftToken,
} from '@pledgeonce/gateway/tokens/testing/soft-token.js';
import { textAt } from '@pledgeonce/scripts/rest/json.js';
import { CaOperator } from './support/ca-operator.js';
import { consortium, customsOfficer } from './support/consortium.js';
import { claim, declaration, record, reference, usd } from './support/documents.js';
import { ExtraGateway } from './support/extra-gateway.js';

const msp = 'BankBMSP';
const why = await whyNoSoftToken();

(why === undefined ? describe : describe.skip)('a bank whose keys lie in a token (needs SoftHSM)', () => {
  let soft: SoftToken;
  beforeAll(async () => {
    soft = makeSoftToken('bank-b');
    await setForLibraries(soft.env);
  });
  afterAll(() => {
    soft.remove();
  });

  it('reserves and accepts by them, also after a crash', async () => {
    const gateway = await ExtraGateway.start(consortium(), msp, {}, soft.env, { token: soft.config });
    try {
      const fact = declaration();
      await record(await customsOfficer(), fact);
      const officer = await gateway.person('officer');
      const reserved = await officer.post('/claims', claim(reference(fact), usd('25.00')));
      expect(reserved.status).toBe(201);
      await gateway.killAndRestart();
      const approver = await gateway.person('approver');
      const accepted = await approver.post(`/claims/${textAt(reserved.body, 'id')}/acceptance`, {});
      expect(accepted).toMatchObject({ status: 200, body: { state: 'accepted' } });
    } finally {
      await gateway.stop();
    }
  });

  it('has them certified and renewed, each time another key of the token', async () => {
    const { ca } = organisationOf(await readConnectionProfile(consortium().discovery), msp);
    const token = await Pkcs11Token.open(soft.config);
    try {
      const authority = new CertificateAuthority({ ...ca, mspId: msp, token });
      const operator = await CaOperator.open(consortium(), msp);
      const { id, secret } = await operator.register('viewer');
      const first = await authority.enrol(id, secret);
      const second = await authority.renew(first);
      expect([first, second].map(({ privateKey }) => isReference(privateKey))).toEqual([true, true]);
      expect(second.privateKey).not.toBe(first.privateKey);
      const [one, two] = [first, second].map(({ certificate }) => new X509Certificate(certificate));
      expect(two?.subject).toBe(one?.subject);
      expect(two?.serialNumber).not.toBe(one?.serialNumber);
    } finally {
      await token.close();
    }
  });
});
