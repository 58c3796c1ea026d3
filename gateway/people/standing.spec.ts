import { readFileSync } from 'node:fs';
import { wordOf, isUnlisted, nothingSaid } from './authority-word.js';
import type { AuthorityWord } from './authority-word.js';
import { foldId } from './enrolment-id.js';
import { personStates } from './person-record.js';
import { standingMarkdown } from './standing-table.js';
import { certificateWords, doors, refusalOf } from './standing.js';

/** Compares what is said, not how wide the columns of a table are. */
const squeeze = (text: string) => text.replace(/ {2,}/g, ' ').replace(/-{3,}/g, '---').trim();

describe('may this person act now?', () => {
  it('is answered as the documentation says', () => {
    const page = readFileSync(
      new URL('../../../docs/how-to/people-and-certificates.md', import.meta.url),
      'utf8',
    );
    expect(squeeze(page)).toContain(squeeze(standingMarkdown()));
  });

  it('is never yes for whoever is removed, suspended or unknown, at any door, whatever the certificate', () => {
    for (const state of ['removed', 'suspended', 'unknown'] as const) {
      for (const door of doors) {
        for (const certificate of certificateWords) {
          expect(refusalOf({ state, certificate }, door)).toBe(state);
        }
      }
    }
  });

  it('is no for every request with a certificate that is not in order, whatever the state', () => {
    for (const state of personStates) {
      for (const certificate of certificateWords.filter((word) => word !== 'in-order')) {
        for (const door of ['request', 'stream', 'import', 'own-secret'] as const) {
          expect(refusalOf({ state, certificate }, door)).toBeDefined();
        }
      }
    }
  });
});

describe("the certificate authority's word", () => {
  const held = { serial: 'ab12', role: 'officer', uscc: undefined, endsAt: 1_000 };
  const anna = { id: 'anna', role: 'officer', listedFrom: 10 };
  const word: AuthorityWord = { ...nothingSaid, askedAt: 20, people: { anna: { role: 'officer' } } };

  it.each([
    ['in-order', word, anna, []],
    ['revoked', word, anna, ['ab12']],
    ['other-role', { ...word, people: { anna: { role: 'viewer' } } }, anna, []],
    ['other-role', word, { ...anna, role: 'viewer' }, []],
    ['other-role', word, { ...anna, uscc: '91330200MA2CKXQ85H' }, []],
    ['unlisted', { ...word, people: {} }, anna, []],
    // A list that was asked for before the person was registered says nothing of them.
    ['in-order', { ...word, askedAt: 10, people: {} }, anna, []],
    // Nothing was ever said: what the gateway knows counts.
    ['in-order', nothingSaid, anna, []],
  ] as const)('makes the certificate %s', (expected, said, holder, revoked) => {
    expect(wordOf(said, new Set(revoked), holder, held, 500)).toBe(expected);
  });

  it('makes no certificate last longer than it says', () => {
    expect(wordOf(word, new Set(), anna, held, 1_000)).toBe('ended');
    expect(isUnlisted(word, anna)).toBe(false);
  });
});

describe('ids', () => {
  it.each([
    ['Li.Wei', 'li.wei'],
    ['ＬＩ．ｗｅｉ', 'li.wei'],
    ['Straße', 'STRASSE'],
    ['ΣΑΣ', 'σας'],
    ['é', 'é'],
  ])('%s and %s are one', (one, other) => {
    expect(foldId(one)).toBe(foldId(other));
  });

  it('of other letters are others', () => {
    expect(foldId('李伟')).not.toBe(foldId('李偉'));
    expect(foldId('anna')).not.toBe(foldId('anne'));
  });
});
