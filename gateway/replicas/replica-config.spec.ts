import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownAddress, readConnectionString, replicasAt, replicasSchema } from './replica-config.js';

const text = 'postgresql://bank:hush@db.bank.example/pledgeonce';

describe('the configuration of replicas', () => {
  it('has the connection string in a file, which may change, or in the environment', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pledgeonce-replicas-'));
    const config = replicasAt(replicasSchema.parse({ databaseFile: 'database' }), (path) =>
      join(folder, path),
    );
    for (const one of [text, `${text}?sslmode=verify-full`]) {
      await writeFile(join(folder, 'database'), `${one}\n`);
      expect(await readConnectionString(config, {})).toBe(one);
    }
    await rm(folder, { recursive: true });
    expect(await readConnectionString({}, { PLEDGEONCE_DATABASE: text })).toBe(text);
  });

  it('without one, or with another text, is refused, and the text is not repeated', async () => {
    for (const wrong of ['', 'hush', 'https://bank:hush@db']) {
      const refused = readConnectionString({}, { PLEDGEONCE_DATABASE: wrong });
      await expect(refused).rejects.toThrow(/^The variable PLEDGEONCE_DATABASE holds no connection string/);
      await expect(refused).rejects.not.toThrow('bank:hush');
    }
  });

  it('says where the others reach a replica, unless its door says it', () => {
    const environment = { PLEDGEONCE_REPLICA_ADDRESS: 'http://10.0.0.7:8080' };
    expect(ownAddress({ address: 'http://10.0.0.8:8080' }, 'http://0.0.0.0:8080', environment)).toBe(
      'http://10.0.0.8:8080',
    );
    expect(ownAddress({}, 'http://0.0.0.0:8080', environment)).toBe('http://10.0.0.7:8080');
    expect(ownAddress({}, 'http://127.0.0.1:8080', {})).toBe('http://127.0.0.1:8080');
    expect(() => ownAddress({}, 'http://0.0.0.0:8080', {})).toThrow('PLEDGEONCE_REPLICA_ADDRESS');
    expect(() => ownAddress({}, 'http://[::]:8080', {})).toThrow('PLEDGEONCE_REPLICA_ADDRESS');
  });
});
