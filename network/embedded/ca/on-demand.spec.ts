import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startOnDemand } from './on-demand.js';
import { enrolled, startFixture, type Fixture } from './testing/authority.js';

describe('a certificate authority on demand', () => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await startFixture({}, startOnDemand);
  });
  afterAll(() => fixture.stop());

  const isOpen = () => existsSync(join(fixture.folder, 'state', 'store'));

  it("has its people's secrets at once, and opens nothing before it is asked", () => {
    expect(fixture.secretOf('officer')).not.toBe('');
    expect(isOpen()).toBe(false);
  });

  it('serves those who ask first, at the same moment too', async () => {
    const people = ['officer', 'exporter-1'];
    const users = await Promise.all(people.map((id) => enrolled(fixture.client, id, fixture.secretOf(id))));
    expect(users.map((user) => user.getName())).toEqual(people);
    expect(isOpen()).toBe(true);
  });

  it('says at its next start whom it has revoked, whether or not anybody asks it', async () => {
    const registrar = await fixture.registrar();
    await fixture.client.revoke({ enrollmentID: 'exporter-1' }, registrar);
    const last = fixture.announced.at(-1);
    expect(last).toContain('X509 CRL');
    const told = fixture.announced.length;
    await fixture.restart();
    expect(fixture.announced.slice(told)).toEqual([last]);
  });

  it('ends without having been asked', async () => {
    const idle = await startFixture({}, startOnDemand);
    await idle.stop();
    await expect(enrolled(idle.client, 'officer', idle.secretOf('officer'))).rejects.toThrow();
  });
});
