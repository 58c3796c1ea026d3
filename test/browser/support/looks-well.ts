import { ChineseReader } from './chinese.js';
import { faultsByAxe } from './judge.js';
import { keepPictures } from './pictures.js';
import { collectData } from './sent-data.js';
import { textsOn } from './texts-on.js';
import type { Visitor } from './visitor.js';

/** Looks at pages in a story as at every page: in both languages, in light and dark, and at a phone's width. */
export class Looker {
  readonly #chinese: ChineseReader;
  readonly #data = new Map<Visitor, ReadonlySet<string>>();

  private constructor(chinese: ChineseReader) {
    this.#chinese = chinese;
  }

  static async open(): Promise<Looker> {
    return new Looker(await ChineseReader.open());
  }

  /** From here on what the gateway sends to this visitor is known as data. */
  follow(...visitors: readonly Visitor[]): void {
    for (const visitor of visitors) this.#data.set(visitor, collectData(visitor.page));
  }

  /** What is wrong with the page as it stands; a picture of it is kept under the name. */
  async faults(visitor: Visitor, name: string): Promise<string[]> {
    const found = await faultsByAxe(visitor);
    await visitor.readIn('zh');
    const foreign = this.#chinese.foreign(await textsOn(visitor.page), this.#data.get(visitor) ?? new Set());
    await keepPictures(visitor, `${name}-zh`, false);
    await visitor.readIn('en');
    await keepPictures(visitor, name);
    if (await isTooWide(visitor)) found.push('The page is wider than a window of 400 pixels.');
    return [...found, ...foreign.map((text) => `In Chinese: ${text}`), ...visitor.faults, ...visitor.strayed];
  }
}

/** Whether a reader on a phone has to scroll sideways. */
async function isTooWide({ page }: Visitor): Promise<boolean> {
  const size = page.viewportSize() ?? { width: 1280, height: 860 };
  await page.setViewportSize({ width: 400, height: 844 });
  const isWider = await page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth');
  await page.setViewportSize(size);
  return isWider;
}
