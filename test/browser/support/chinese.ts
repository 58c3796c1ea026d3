import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '@pledgeonce/scripts/stack/options.js';

/** Texts of the console by their keys, in one language. */
async function textsIn(language: 'en' | 'zh'): Promise<ReadonlyMap<string, string>> {
  const file = join(projectRoot, 'gateway/console/dist/src/i18n', language, 'index.js');
  const module = (await import(pathToFileURL(file).href)) as Readonly<Record<string, object>>;
  return new Map(flat(module[language] ?? {}));
}

function flat(tree: object, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]: [string, unknown]) => {
    const name = path === '' ? key : `${path}.${key}`;
    return typeof value === 'object' && value !== null ? flat(value, name) : [[name, String(value)]];
  });
}

const wordsOf = (text: string) => text.match(/[A-Za-z][A-Za-z’'-]*/g) ?? [];

/** What is not translated: names of things that are the same in every language. */
const international = wordsOf('PledgeOnce UTC GMT PDF CSV SHA API English');
/** Codes of currencies, units and registers, and what is not a word at all: an id, a number with letters in it. */
const isCode = (word: string) => /^[A-Z]{2,6}$/.test(word) || /MSP$/.test(word);

/** Whether what stands on a page belongs there when its reader reads Chinese. */
export class ChineseReader {
  readonly #english: ReadonlySet<string>;
  readonly #words: ReadonlySet<string>;
  readonly #groups: RegExp;

  private constructor(en: ReadonlyMap<string, string>, zh: ReadonlyMap<string, string>) {
    const chinese = new Set(zh.values());
    this.#english = new Set([...en.values()].filter((text) => !chinese.has(text)));
    this.#words = new Set([...international, ...[...zh.values()].flatMap(wordsOf)]);
    const groups = [...new Set([...en.keys()].map((key) => key.split('.')[0] ?? ''))];
    this.#groups = new RegExp(`(?:^|\\s)(?:${groups.join('|')})\\.[\\w/-]+`);
  }

  static async open(): Promise<ChineseReader> {
    return new ChineseReader(await textsIn('en'), await textsIn('zh'));
  }

  /**
   * What of the texts of a page is not for whoever reads Chinese: keys that no language has, texts of the English tables,
   * and words that are neither the console's Chinese nor what the gateway has sent as data.
   */
  foreign(texts: readonly string[], data: ReadonlySet<string>): string[] {
    const known = new Set([...data].flatMap(wordsOf));
    return texts.filter((text) => {
      if (this.#groups.test(text)) return true;
      if (data.has(text)) return false;
      if (this.#english.has(text)) return true;
      return wordsOf(withoutIds(text)).some(
        (word) => !this.#words.has(word) && !known.has(word) && !isCode(word),
      );
    });
  }
}

/** Ids, numbers and hashes hold letters, and are no words. */
function withoutIds(text: string): string {
  return text.replace(/[\w-]*\d[\w-]*/g, ' ');
}
