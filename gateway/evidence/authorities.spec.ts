import { newAuthority } from '@pledgeonce/chaincode/testing/authorities.js';
import { LazyAuthorities } from './authorities.js';
import { EvidenceError } from './evidence-error.js';

describe('the certificates of authorities', () => {
  it('are opened once for everybody who asks', async () => {
    const { certificate } = await newAuthority();
    const [one, other] = [certificate, Buffer.from(certificate)].map(
      (pem) => new LazyAuthorities('AMSP', [pem]),
    );
    expect(one?.roots[0]?.toString().trim()).toBe(certificate.trim());
    expect(one?.roots[0]).toBe(other?.roots[0]);
    expect(one?.intermediates).toEqual([]);
  });

  it('stand in nobody’s way until they are asked for', async () => {
    const { certificate } = await newAuthority();
    const authorities = new LazyAuthorities('AMSP', [certificate], ['no certificate']);
    expect(authorities.roots).toHaveLength(1);
    expect(() => authorities.intermediates).toThrow(EvidenceError);
    expect(() => new LazyAuthorities('BMSP', ['no certificate']).roots).toThrow('of BMSP cannot be read');
  });
});
