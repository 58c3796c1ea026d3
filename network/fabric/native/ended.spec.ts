import { ensureMaterial } from '../../crypto/ensure.js';
import { renewCertificate } from '../../crypto/renew.js';
import { organisationLine } from '../../consortium.js';
import { temporaryFolder } from '../../testing/temporary-folder.js';
import { assertNotEnded } from './ended.js';

const organisation = organisationLine.parse({ name: 'tax', msp: 'TaxMSP', title: 'Tax', kind: 'tax' });
const consortium = { organisations: [organisation], domain: 'example' };
const dayMs = 86_400_000;

describe('a node that does not start', () => {
  const organisations = temporaryFolder('ended');
  const check = (kind: 'peer' | 'ca') => {
    assertNotEnded({ organisations }, { name: `${kind}.tax`, kind, organisation }, new Error('cause'));
  };

  it('is told of its own certificate that has ended, and of no other', async () => {
    const clock = () => new Date(Date.now() - 100 * dayMs);
    await ensureMaterial(consortium, organisations, { clock });
    const parts = { organisation: 'tax', node: 'peer', part: 'tls' } as const;
    await renewCertificate(consortium, organisations, {
      ...{ ...parts, clock, lifetimes: { root: 7300, node: 1 } },
    });
    expect(() => {
      check('peer');
    }).toThrow(
      /^peer\.tax does not serve, and its certificate \(TLS\) ended at .*Z: .*renew-certificates tax$/,
    );
    expect(() => {
      check('ca');
    }).not.toThrow();
    await renewCertificate(consortium, organisations, parts);
    expect(() => {
      check('peer');
    }).not.toThrow();
  });
});
