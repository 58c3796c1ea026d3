import type { Page } from 'playwright-core';

/** What a page is built of, without what it says. */
const script = `[...document.querySelectorAll('main *')]
  .map(({ tagName, className, attributes }) =>
    [tagName, String(className), ...[...attributes].map(({ name }) => name).toSorted()].join(' '))
  .filter((line, place, all) => line !== all[place - 1])
  .join('\\n')`;

/** Pages that were looked at: what is built of the same parts has the same faults, whoever looks at it. */
export class Skeletons {
  readonly #seen = new Set<string>();

  async isNew(page: Page): Promise<boolean> {
    const skeleton = await page.evaluate<string>(script);
    if (this.#seen.has(skeleton)) return false;
    this.#seen.add(skeleton);
    return true;
  }
}
