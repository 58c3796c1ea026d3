import { X509Certificate } from 'node:crypto';
import { BANK_B } from '../definition.js';
import { enrol, openAuthority, type Authority } from '../harness/authority.js';
import { failureOf } from '../harness/failure.js';
import { fresh } from '../harness/fresh.js';
import { publishRevocation } from '../harness/publish-revocation.js';
import { connectPerson, embedded, profile } from '../harness/network.js';
import { evaluate } from '../harness/perform.js';
import type { Enrolled } from '../harness/setting.js';

interface Revocation {
  readonly RevokedCerts: readonly { readonly Serial: string; readonly AKI: string }[];
}

/** The list of revoked certificates that the authority signs, as text in which serial numbers can be looked for. */
async function revocationList({ service, registrar }: Authority): Promise<string> {
  const answer = (await service.generateCRL({}, registrar)) as string | { CRL: string };
  const pem = Buffer.from(typeof answer === 'string' ? answer : answer.CRL, 'base64').toString('utf8');
  return Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64').toString('hex');
}

describe('someone whom the registrar revokes', () => {
  const id = fresh('clerk');
  let authority: Authority;
  let secret: string;
  let clerk: Enrolled;
  let revoked: Revocation;

  beforeAll(async () => {
    authority = await openAuthority(BANK_B);
    secret = await authority.service.register({ enrollmentID: id, affiliation: '' }, authority.registrar);
    clerk = await enrol(authority, id, secret);
    await evaluate(connectPerson(clerk), []);
    const answer = (await authority.service.revoke({ enrollmentID: id }, authority.registrar)) as {
      result: Revocation;
    };
    revoked = answer.result;
  });

  const serial = (): string => new X509Certificate(clerk.certificate).serialNumber.toLowerCase();

  it('has their certificates named in the answer and in the list of revoked ones', async () => {
    expect(revoked.RevokedCerts.map(({ Serial }) => Serial.replace(/^0+/, ''))).toEqual([
      serial().replace(/^0+/, ''),
    ]);
    expect(await revocationList(authority)).toContain(serial());
  });

  it('enrols no more', async () => {
    await expect(enrol(authority, id, secret)).rejects.toThrow('Authentication failure');
  });

  it('is refused by the peers as soon as they know the list', async () => {
    // Difference: the embedded network's peers know it at once, Fabric's from the channel's configuration.
    if (!embedded) {
      await evaluate(connectPerson(clerk), []);
      await publishRevocation(BANK_B, id);
    }
    const failure = await failureOf(evaluate(connectPerson(clerk), []));

    expect(failure.message).toContain(`access denied: channel [${profile.channel}] creator org [${BANK_B}]`);
  });
});
