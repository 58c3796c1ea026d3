import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '@pledgeonce/scripts/stack/options.js';
import { wear } from './scheme.js';
import type { Visitor } from './visitor.js';

const folder = process.env['PLEDGEONCE_PICTURES'] ?? join(projectRoot, '.pledgeonce', 'browser');

/** Keeps a picture of the page in light and, unless it looks like one that was kept, in dark and at a phone's width. */
export async function keepPictures({ page }: Visitor, name: string, isNew = true): Promise<void> {
  mkdirSync(folder, { recursive: true });
  // What is fixed to the window stands in a whole page where the window stands.
  const take = async (kind: string) => {
    await page.evaluate('scrollTo(0, 0)');
    await page.screenshot({ path: join(folder, `${name}-${kind}.png`), fullPage: true });
  };
  const size = page.viewportSize() ?? { width: 1280, height: 860 };
  await take('light');
  if (!isNew) return;
  await wear(page, 'dark');
  await take('dark');
  await wear(page, 'light');
  await page.setViewportSize({ width: 390, height: 844 });
  await take('phone');
  await page.setViewportSize(size);
}
