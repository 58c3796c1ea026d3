import { certificateOf } from '../projection/testing/certificate.js';
import { ClerkSignatory } from './clerk-signatory.js';
import { readCertificate } from './certificate.js';

const day = 86_400_000;

describe("the clerk's signatory", () => {
  it('is opened once, and again a few days before its certificate ends', async () => {
    const certificates = await Promise.all([certificateOf('clerk'), certificateOf('clerk')]);
    let now = Date.now();
    const closed: number[] = [];
    let opened = 0;
    const open = () => {
      const number = ++opened;
      const certificate = certificates[number - 1] ?? '';
      return Promise.resolve({ number, certificate, close: () => closed.push(number) });
    };
    const clerk = new ClerkSignatory(open, () => now);
    expect((await clerk.get()).number).toBe(1);
    expect((await clerk.get()).number).toBe(1);
    now = readCertificate(certificates[0]).notAfter.getTime() - 3 * day;
    const both = await Promise.all([clerk.get(), clerk.get()]);
    expect(both.map(({ number }) => number)).toEqual([2, 2]);
    expect(closed).toEqual([1]);
    await clerk.close();
    expect(closed).toEqual([1, 2]);
  });

  it('goes on with the present one while no other is to be had, and asks again now and then', async () => {
    const certificate = await certificateOf('clerk');
    let now = readCertificate(certificate).notAfter.getTime() - 3 * day;
    const closed: number[] = [];
    let opened = 0;
    const clerk = new ClerkSignatory(
      () => {
        const number = ++opened;
        return Promise.resolve({ number, certificate, close: () => closed.push(number) });
      },
      () => now,
    );
    const numbers: number[] = [];
    for (let turn = 0; turn < 4; turn++) {
      numbers.push((await clerk.get()).number, (await clerk.get()).number);
      now += 60_000;
    }
    // Whatever it has begun to sign goes on: the one in use is never closed.
    expect(new Set(numbers)).toEqual(new Set([1]));
    expect(closed).toEqual([2, 3, 4]);
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
