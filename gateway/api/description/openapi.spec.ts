import type { ApiContext } from '../context.js';
import { endpointsOf } from '../whole-api.js';
import { describeApi } from './openapi.js';
import { operationId } from './operation-id.js';
import { tagTexts } from './tags.js';

const endpoints = endpointsOf({ limits: {}, organisation: { mspId: 'EnterpriseMSP' } } as ApiContext);
const document = describeApi(endpoints, 'PledgeOnce');

/** Heavy, and loaded where it is used only: the other tests of this file run without it. */
const linter: string = '@redocly/openapi-core';
interface Linter {
  createConfig(config: object): Promise<object>;
  lintFromString(options: { readonly source: string; readonly config: object }): Promise<
    readonly {
      readonly ruleId: string;
      readonly message: string;
      readonly location: readonly { readonly pointer?: string }[];
    }[]
  >;
}

describe('the description of the API', () => {
  const faults = async (described: object) => {
    const redocly = (await import(linter)) as Linter;
    const config = await redocly.createConfig({ extends: ['recommended-strict'] });
    const problems = await redocly.lintFromString({ source: JSON.stringify(described), config });
    return problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer]);
  };

  it('has nothing against it by the rules of redocly', async () => {
    expect(await faults(document)).toEqual([]);
    // The rules do find something.
    const { paths } = document;
    const twice = { ...document, paths: { ...paths, '/again': paths?.['/claims'] } };
    expect((await faults(twice)).map(([rule]) => rule)).toContain('operation-operationId-unique');
  }, 120_000);

  it('names each operation as a method of a client would be, and no two alike', () => {
    const ids = endpoints.map(operationId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[a-z]+([A-Z][a-z]+)*$/.test(id))).toEqual([]);
    expect(ids).toEqual(
      expect.arrayContaining(['acceptClaim', 'listClaims', 'getClaimHistory', 'verifyDocuments']),
    );
  });

  it('says of each operation what it does, who may call it, and what it may be refused for', () => {
    const paths = Object.values(document.paths ?? {}) as Record<
      string,
      { summary?: string; description?: string; responses: object }
    >[];
    for (const operation of paths.flatMap((path) => Object.values(path))) {
      expect(operation.summary).toMatch(/^.{5,}$/);
      expect(operation.description).toMatch(/^For .{10,}\.$/s);
      expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['429', '503', 'default']));
    }
  });

  it('explains every tag, and no other', () => {
    const used = new Set(endpoints.map(({ tag }) => tag));
    expect(tagTexts.map(([name]) => name).toSorted()).toEqual([...used].toSorted());
  });
});
