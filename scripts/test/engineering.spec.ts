import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorTable } from '@pledgeonce/chaincode/errors.js';
import { permissions } from '@pledgeonce/chaincode/permissions.js';
import { catalogue } from '@pledgeonce/chaincode/catalogue.js';
import { factTypes } from '@pledgeonce/chaincode/schemas.js';
import { filesOfPage, recipesOfPage } from '../recipes/testing/page.js';
import { projectRoot } from '../stack/options.js';

const read = (file: string) => readFileSync(join(projectRoot, file), 'utf8');
const page = read('docs/engineering.md');

describe('docs/engineering.md', () => {
  it('has five recipes', () => {
    expect(recipesOfPage).toHaveLength(5);
  });

  it('names files that exist, rules included', () => {
    const named = [...page.matchAll(/`((?:chaincode|gateway|docs|scripts|test)\/[\w./-]+\.(?:ts|md))`/g)];
    const missing = named.flatMap(([, file = '']) => (existsSync(join(projectRoot, file)) ? [] : [file]));
    expect(named.length).toBeGreaterThan(20);
    expect(missing).toEqual([]);
  });

  it('leads every document type through its files', () => {
    const [schemas = '', table = ''] = filesOfPage('A document type');
    for (const type of factTypes) expect(read(schemas)).toContain(`'${type}'`);
    for (const type of Object.keys(catalogue)) expect(read(table)).toContain(`'${type}': {`);
  });

  it('leads a resource and its function through theirs', () => {
    const [permission = '', api = '', verb = '', , verbs = ''] = filesOfPage('A function of the ledger');
    const [routes = '', endpoints = ''] = filesOfPage('A resource');
    expect(Object.keys(permissions)).toContain('lookUpPayee');
    for (const file of [permission, api, verb, verbs, routes]) expect(read(file)).toContain('lookUpPayee');
    expect(read(endpoints)).toContain('/payee-look-ups.js');
  });

  it('leads every error and the policy of an authority’s fact through theirs', () => {
    const [table = '', , , written = ''] = filesOfPage('An error');
    for (const code of Object.keys(errorTable)) {
      expect(read(table)).toContain(`${code}: {`);
      expect(read(written)).toContain(`\`${code}\``);
    }
    const [policy = '', spec = '', used = ''] = filesOfPage('An endorsement policy');
    for (const file of [policy, spec, used]) expect(read(file)).toContain('authorityPolicy');
  });
});
