import type { z } from 'zod';
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

  it('has patterns that other languages read: no flags of JavaScript, and no half of a character', () => {
    const patterns: string[] = [];
    JSON.stringify(document, (name, value: unknown) => {
      if (name === 'pattern' && typeof value === 'string') patterns.push(value);
      return value;
    });
    expect(patterns.length).toBeGreaterThan(1_000);
    expect(patterns.filter((one) => !/^\^.*\$$/s.test(one) || one.includes('\\ud800'))).toEqual([]);
    const text = patterns.find((one) => one.includes('x7f')) ?? '';
    for (const good of ['', 'Ningbo', '宁波', '𠮷']) expect(good).toMatch(new RegExp(text, 'u'));
    for (const bad of ['a\u0000', '\u001b[31m']) expect(bad).not.toMatch(new RegExp(text, 'u'));
  });

  it('gives of each request and answer an example, which its own schema takes', () => {
    type Content = Readonly<Record<string, { readonly example?: unknown }>>;
    type Operation = {
      readonly requestBody?: { readonly content: Content };
      readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
    };
    const faults: unknown[] = [];
    let examples = 0;
    for (const { method, path, body, streams, answers } of endpoints) {
      const operation = (document.paths?.[path] as Record<string, Operation> | undefined)?.[method];
      const check = (schema: z.ZodType | undefined, content: Content | undefined) => {
        const json = content?.['application/json'];
        if (schema === undefined || json === undefined) return;
        const { success, error } = schema.safeParse(json.example);
        examples += 1;
        if (!success) faults.push([method, path, error.issues]);
      };
      if (streams === undefined) check(body, operation?.requestBody?.content);
      for (const [status, { schema }] of Object.entries(answers)) {
        check(schema, operation?.responses[status]?.content);
      }
    }
    expect(faults).toEqual([]);
    expect(examples).toBeGreaterThan(200);
  });

  it('explains every tag, and no other', () => {
    const used = new Set(endpoints.map(({ tag }) => tag));
    expect(tagTexts.map(([name]) => name).toSorted()).toEqual([...used].toSorted());
  });
});
