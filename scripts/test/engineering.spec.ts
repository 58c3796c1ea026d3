import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorTable } from '@pledgeonce/chaincode/errors.js';
import { permissions } from '@pledgeonce/chaincode/permissions.js';
import { catalogue } from '@pledgeonce/chaincode/catalogue.js';
import { factTypes } from '@pledgeonce/chaincode/schemas.js';
import { projectRoot } from '../stack/options.js';

const read = (file: string) => readFileSync(join(projectRoot, file), 'utf8');
const page = read('docs/engineering.md');

/** The files that a recipe names, in its order. */
function filesOf(recipe: string): string[] {
  const [, rest = ''] = page.split(`### ${recipe}\n`);
  const [body = ''] = rest.split(/^##/m);
  return [...body.matchAll(/`([\w./-]+\.(?:ts|md))`/g)].flatMap(([, file]) => file ?? []);
}

const recipes = [...page.matchAll(/^### (.*)$/gm)].flatMap(([, name]) => name ?? []);

describe('docs/engineering.md', () => {
  it('has five recipes', () => {
    expect(recipes).toHaveLength(5);
  });

  it('names files that exist, rules included', () => {
    const named = [...page.matchAll(/`((?:chaincode|gateway|docs|scripts|test)\/[\w./-]+\.(?:ts|md))`/g)];
    const missing = named.flatMap(([, file = '']) => (existsSync(join(projectRoot, file)) ? [] : [file]));
    expect(named.length).toBeGreaterThan(20);
    expect(missing).toEqual([]);
  });

  it('leads every document type through its files', () => {
    const [schemas = '', table = ''] = filesOf('A document type');
    for (const type of factTypes) expect(read(schemas)).toContain(`'${type}'`);
    for (const type of Object.keys(catalogue)) expect(read(table)).toContain(`'${type}': {`);
  });

  it('leads a resource and its function through theirs', () => {
    const [permission = '', api = '', verb = '', , verbs = ''] = filesOf('A function of the ledger');
    const [routes = '', endpoints = ''] = filesOf('A resource');
    expect(Object.keys(permissions)).toContain('lookUpPayee');
    for (const file of [permission, api, verb, verbs, routes]) expect(read(file)).toContain('lookUpPayee');
    expect(read(endpoints)).toContain('/payee-look-ups.js');
  });

  it('leads every error and the policy of an authority’s fact through theirs', () => {
    const [table = '', , written = ''] = filesOf('An error');
    for (const code of Object.keys(errorTable)) {
      expect(read(table)).toContain(`${code}: {`);
      expect(read(written)).toContain(`\`${code}\``);
    }
    const [policy = '', spec = '', used = ''] = filesOf('An endorsement policy');
    for (const file of [policy, spec, used]) expect(read(file)).toContain('authorityPolicy');
  });
});
