import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { claimStates } from '@pledgeonce/chaincode/api.js';
import { factTypes } from '@pledgeonce/chaincode/schemas.js';
import { causeKinds } from '@pledgeonce/chaincode/rules/evidence/causes.js';
import { problemTable } from '@pledgeonce/gateway/api/errors.js';
import { alertCauses } from '@pledgeonce/gateway/api/alert-causes.js';
import { consolePaths } from '@pledgeonce/gateway/api/console-paths.js';
import { claimParticulars, verificationParticulars } from '@pledgeonce/gateway/certificates/certificate.js';
import { wordsIn } from '@pledgeonce/gateway/certificates/words.js';
import { inboxKindNames } from '@pledgeonce/gateway/projection/inbox/inbox-kinds.js';
import * as offered from '../features/certificates/particulars.js';
import { en } from './en/index.js';
import { problems } from './zh/problems.js';
import { zh } from './zh/index.js';

const sources = join(import.meta.dirname, '..', '..', '..', 'src');
const files = readdirSync(sources, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.tsx'))
  .map((name) => [name, readFileSync(join(sources, name), 'utf8')] as const);

/** Every key with its text; the forms of a number are one key. */
function textsOf(tree: object, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]: [string, unknown]) => {
    const name = path === '' ? key : `${path}.${key}`;
    if (typeof value === 'object' && value !== null) return textsOf(value, name);
    return [[name.replace(/_(one|other)$/, ''), String(value)] as [string, string]];
  });
}
const keysOf = (tree: object) => [...new Set(textsOf(tree).map(([key]) => key))].toSorted();

describe('the texts of the console', () => {
  it('are there in both languages, under the same keys', () => {
    expect(keysOf(zh)).toEqual(keysOf(en));
  });

  it('name the same values in both languages', () => {
    const namesIn = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/g) ?? [])].toSorted();
    const chinese = new Map(textsOf(zh));
    const differ = textsOf(en).filter(([key, text]) => {
      const other = namesIn(chinese.get(key) ?? '');
      return namesIn(text).some((name) => !other.includes(name));
    });
    expect(differ).toEqual([]);
  });

  it('call claims, products and documents what the printed certificates call them', () => {
    for (const [language, { state, type, product }] of [
      ['en', en],
      ['zh', zh],
    ] as const) {
      const { valueOf } = wordsIn(language);
      const states = claimStates.map((name) => [name, state[name]] as const);
      const types = factTypes.map((name) => [name, type[name]] as const);
      const shown = [...states, ...types, ...Object.entries(type), ...Object.entries(product)];
      expect(shown.filter(([name, word]) => valueOf(name) !== word)).toEqual([]);
    }
  });

  it('offer to show of a certificate what the gateway can show', () => {
    expect(offered.claimParticulars).toEqual(claimParticulars);
    expect(offered.verificationParticulars).toEqual(verificationParticulars);
  });

  it('are Chinese in Chinese', () => {
    const foreign = textsOf(zh).filter(
      ([key, text]) => !/[\u4e00-\u9fff]/.test(text) && key !== 'language.other',
    );
    // Only what consists of values and signs has no word in it.
    expect(foreign.filter(([, text]) => /[A-Za-z]/.test(text.replace(/\{\{\w+\}\}/g, '')))).toEqual([]);
  });

  it('have the field’s own words', () => {
    const all = JSON.stringify(zh);
    for (const word of ['报关单', '可融资余额', '押汇', '保理', '受理', '放款', '结清', '信用限额', '签注']) {
      expect(all).toContain(word);
    }
  });

  it('have every key that is written out in the code', () => {
    const keys = new Set(keysOf(en));
    const used = files.flatMap(([, text]) =>
      [...text.matchAll(/\bt\('([^']+)'/g)].map(([, key]) => key ?? ''),
    );
    expect(used.length).toBeGreaterThan(100);
    expect([...new Set(used)].filter((key) => !keys.has(key))).toEqual([]);
  });

  it('have a sentence for every code of the error table', () => {
    const codes = Object.keys(problemTable);
    expect(codes.filter((code) => problems[code] === undefined)).toEqual([]);
    expect(Object.keys(problems).filter((code) => !codes.includes(code))).toEqual([]);
  });

  it('have a sentence for every alert, and a name for everything that waits', () => {
    expect(Object.keys(alertCauses).filter((name) => !(name in en.alert))).toEqual([]);
    expect(causeKinds.filter((name) => !(name in en.cause))).toEqual([]);
    expect(inboxKindNames.filter((name) => !(name in en.waits))).toEqual([]);
  });

  it('stand in the tables and not in the code', () => {
    const written = files.flatMap(([name, text]) => {
      const between = [...text.matchAll(/>\s*([A-Z][a-z]+(?: [a-z]+)+[.?]?)\s*</g)];
      const attributes = [
        ...text.matchAll(/\b(?:label|title|placeholder|aria-label|description)="([^"{]*[a-z] [^"]*)"/g),
      ];
      return [...between, ...attributes].map(([, found]) => `${name}: ${found ?? ''}`);
    });
    expect(written).toEqual([]);
  });
});

describe('the addresses of the console', () => {
  it('are those at which the gateway shows it', () => {
    const routes = ['routes.tsx', 'page-routes.ts', 'own-routes.ts']
      .map((file) => readFileSync(join(sources, 'app', file), 'utf8'))
      .join('');
    const paths = [...routes.matchAll(/path: '\/?([\w-]*)/g)].map(([, first]) => first ?? '');
    expect(paths.length).toBeGreaterThan(30);
    expect(paths.filter((path) => !consolePaths.has(path))).toEqual([]);
    expect([...consolePaths].filter((path) => !paths.includes(path))).toEqual([]);
  });
});
