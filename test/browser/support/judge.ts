import axe from 'axe-core';
import type { AxeResults } from 'axe-core';
import { wear } from './scheme.js';
import type { Visitor } from './visitor.js';

/** Of a page in the dark only its colours differ. */
const rules = { light: undefined, dark: ['color-contrast'] };

/** What axe finds on the page as it stands, in light and in dark, one line each. */
export async function faultsByAxe({ page }: Visitor): Promise<string[]> {
  await page.evaluate(axe.source);
  const faults: string[] = [];
  for (const scheme of ['dark', 'light'] as const) {
    await wear(page, scheme);
    const options = JSON.stringify({ preload: false, runOnly: rules[scheme] });
    const { violations } = await page.evaluate<AxeResults>(`axe.run(document, ${options})`);
    faults.push(
      ...violations.flatMap(({ id, nodes }) =>
        nodes.map(
          ({ target, failureSummary }) => `${scheme}: ${id}: ${target.join(' ')}: ${failureSummary ?? ''}`,
        ),
      ),
    );
  }
  return faults;
}
