import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../stack/options.js';
import { readAudit } from './advisories.js';
import { licencesOf, type LockedPackage } from './licences.js';

describe('licences', () => {
  it('of everything that the lock file names may stay', () => {
    const lock = JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, LockedPackage>;
    };
    const found = licencesOf(lock.packages);
    expect(found.length).toBeGreaterThan(500);
    expect(found.filter(({ because }) => because === undefined)).toEqual([]);
  });

  it.each<[string, LockedPackage, boolean]>([
    ['copyleft', { license: 'GPL-3.0-only' }, false],
    ['a choice with one that may', { license: '(GPL-2.0-only OR MIT)' }, true],
    ['two that both hold', { license: '(MIT AND GPL-2.0-only)' }, false],
    ['none', {}, false],
    ['one for tools, shipped', { license: 'MPL-2.0' }, false],
    ['one for tools, used', { license: 'MPL-2.0', dev: true }, true],
  ])('%s', (_, locked, mayStay) => {
    const [licence] = licencesOf({ 'node_modules/a/node_modules/some': locked });
    expect(licence?.name).toBe('some');
    expect(licence?.because !== undefined).toBe(mayStay);
  });
});

describe('advisories', () => {
  const via = (severity: string) => ({
    url: `https://advisories.example/${severity}`,
    title: 'Bad',
    severity,
  });
  const printed = JSON.stringify({
    vulnerabilities: { some: { via: [via('high'), via('low'), 'other'] }, other: { via: [via('critical')] } },
  });

  it('of high and critical grade are told, those with a reason apart', () => {
    const high = 'https://advisories.example/high';
    expect(readAudit(printed, { [high]: 'not reached' })).toEqual({
      kind: 'answered',
      accepted: [`some: Bad (${high}): not reached`],
      open: ['other: Bad (https://advisories.example/critical)'],
    });
  });

  it.each([
    ['', 'npm printed no report'],
    ['{"message":"405 Method Not Allowed"}', '405 Method Not Allowed'],
    ['null', 'the registry gave no answer'],
  ])('are not said to be none where nobody answers: %s', (text, why) => {
    expect(readAudit(text)).toEqual({ kind: 'unanswered', why });
  });
});
