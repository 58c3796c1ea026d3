import request from 'supertest';
import type { ApiContext } from './context.js';
import { endpointsOf } from './whole-api.js';
import { apiUnderTest } from './testing/api-under-test.js';
import type { ApiUnderTest } from './testing/api-under-test.js';

const endpoints = endpointsOf({ limits: {}, organisation: { mspId: 'BankAMSP' } } as ApiContext);
const withId = (path: string) => path.replace(/\{\w+\}/g, 'a'.repeat(64));

describe('every address of the API', () => {
  let api: ApiUnderTest;
  let token: string;

  beforeAll(async () => {
    api = await apiUnderTest('BankAMSP', {});
    token = await api.signIn('officer');
  });
  afterAll(() => api.close());

  const methodsOf = (path: string) =>
    endpoints.filter((one) => one.path === path).map(({ method }) => method.toUpperCase());

  it.each([...new Set(endpoints.map(({ path }) => path))])(
    '%s refuses the methods that it has not, and names those that it has',
    async (path) => {
      const allowed = methodsOf(path);
      const others = (['get', 'post', 'patch', 'delete', 'put', 'options'] as const).filter(
        (method) => !allowed.includes(method.toUpperCase()),
      );
      for (const method of others) {
        const ask = request(api.app)[method](`/api/v1${withId(path)}`);
        const answer = await ask.set('Authorization', token);
        expect([method, answer.status, answer.headers['allow']]).toEqual([method, 405, allowed.join(', ')]);
      }
    },
  );

  it('describes no query that lets an unknown parameter pass', () => {
    const lax = endpoints.filter(({ query }) => {
      const issues = query?.safeParse({ 'unheard-of': '1' }).error?.issues ?? [];
      return query !== undefined && !issues.some(({ code }) => code === 'unrecognized_keys');
    });
    expect(lax.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });

  it.each([
    ['get', '/claims?application=A-1'],
    ['get', '/sessions/current?verbose=1'],
    ['get', `/claims/${'a'.repeat(64)}?at=1`],
    ['post', '/claims?dryRun=true'],
    ['post', '/sessions?then=/'],
  ] as const)('refuses a query parameter that it does not know: %s %s', async (method, path) => {
    const ask = request(api.app)[method](`/api/v1${path}`);
    const answer = await ask.set({ Authorization: token, 'Idempotency-Key': 'unheard-of' });
    expect([answer.status, answer.body]).toMatchObject([400, { code: 'INPUT_INVALID' }]);
    expect(path).toContain(`?${(answer.body as { field: string }).field}=`);
  });

  it('takes numbers in decimal digits only, and a parameter once', async () => {
    for (const query of ['limit=0x10', 'limit=1e1', 'limit=%2010', 'limit=+5', 'limit=', 'limit=1&limit=2']) {
      const answer = await request(api.app).get(`/api/v1/claims?${query}`).set('Authorization', token);
      expect([query, answer.status]).toEqual([query, 400]);
    }
    const answer = await request(api.app).get('/api/v1/claims?limit=16').set('Authorization', token);
    expect(answer.status).toBe(200);
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('states what a key and a cursor look like', async () => {
    const document = (await request(api.app).get('/openapi.json')).body as unknown;
    const { paths } = document as {
      paths: Record<string, Record<string, { parameters: { name: string; schema: object }[] }>>;
    };
    const schemaOf = (path: string, method: string, name: string) =>
      paths[path]?.[method]?.parameters.find((one) => one.name === name)?.schema;
    expect(schemaOf('/claims', 'post', 'Idempotency-Key')).toMatchObject({
      pattern: '^[\\x21-\\x7e]{8,100}$',
    });
    expect(schemaOf('/claims', 'get', 'cursor')).toMatchObject({ type: 'string', pattern: '^\\d{1,15}$' });
    expect(schemaOf('/claims', 'get', 'limit')).toMatchObject({ type: 'integer', minimum: 1, maximum: 200 });
    // The document is made when it is read for the first time.
  }, 60_000);
});
