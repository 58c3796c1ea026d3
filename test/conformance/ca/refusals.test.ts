import { BANK_B } from '../definition.js';
import { asUser, enrol, openAuthority, type Authority } from '../harness/authority.js';
import { fresh } from '../harness/fresh.js';

describe('the certificate authority', () => {
  let authority: Authority;

  beforeAll(async () => {
    authority = await openAuthority(BANK_B);
  });

  const register = async (enrollmentID: string, by = authority.registrar): Promise<string> =>
    authority.service.register({ enrollmentID, affiliation: '' }, by);

  it('refuses a wrong secret and an unknown name alike', async () => {
    const id = fresh('clerk');
    await register(id);

    await expect(enrol(authority, id, 'not the secret')).rejects.toThrow(
      "code: 20, message: 'Authentication failure'",
    );
    await expect(enrol(authority, fresh('nobody'), 'secret')).rejects.toThrow(
      "code: 20, message: 'Authentication failure'",
    );
  });

  it('refuses to register a name twice', async () => {
    const id = fresh('clerk');
    await register(id);

    await expect(register(id)).rejects.toThrow(`Identity '${id}' is already registered`);
  });

  it('refuses to register on behalf of someone who is no registrar', async () => {
    const id = fresh('clerk');
    const clerk = asUser(id, await enrol(authority, id, await register(id)));

    await expect(register(fresh('friend'), clerk)).rejects.toThrow(
      "code: 71, message: 'Authorization failure'",
    );
  });

  it('refuses a token that another organisation’s registrar signed', async () => {
    const other = await openAuthority('CustomsMSP');

    await expect(register(fresh('friend'), other.registrar)).rejects.toThrow('Authentication failure');
  });
});
