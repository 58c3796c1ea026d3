import axe from 'axe-core';
import type { AxeResults } from 'axe-core';
import type { Visitor } from './visitor.js';

/** What axe finds on the page as it stands, one line each. */
export async function faultsByAxe({ page }: Visitor): Promise<string[]> {
  await page.evaluate(axe.source);
  const results = await page.evaluate<AxeResults>('axe.run(document, { preload: false })');
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}
