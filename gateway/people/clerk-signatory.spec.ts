import { certificateOf } from '../projection/testing/certificate.js';
import { ClerkSignatory } from './clerk-signatory.js';
import { readCertificate } from './certificate.js';

const day = 86_400_000;

describe("the clerk's signatory", () => {
  it('is opened once, and again a few days before its certificate ends', async () => {
    const certificate = await certificateOf('clerk');
    let now = Date.now();
    const closed: number[] = [];
    let opened = 0;
    const open = () => {
      const number = ++opened;
      return Promise.resolve({ number, certificate, close: () => closed.push(number) });
    };
    const clerk = new ClerkSignatory(open, () => now);
    expect((await clerk.get()).number).toBe(1);
    expect((await clerk.get()).number).toBe(1);
    now = readCertificate(certificate).notAfter.getTime() - 3 * day;
    expect((await clerk.get()).number).toBe(2);
    expect(closed).toEqual([1]);
    await clerk.close();
    expect(closed).toEqual([1, 2]);
  });

  it('is tried again after it could not be opened', async () => {
    const certificate = await certificateOf('clerk');
    let fails = true;
    const clerk = new ClerkSignatory(() =>
      fails
        ? Promise.reject(new Error('no authority'))
        : Promise.resolve({ certificate, close: () => undefined }),
    );
    await expect(clerk.get()).rejects.toThrow('no authority');
    fails = false;
    expect((await clerk.get()).certificate).toBe(certificate);
  });
});
