import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '@pledgeonce/scripts/stack/options.js';

interface Route {
  readonly path?: string;
}

/** The addresses of all pages inside the console, as its router has them: `/claims/:id` stands for every claim. */
export async function pagesOfRouter(): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [file, name] of [
    ['page-routes', 'pageRoutes'],
    ['own-routes', 'ownRoutes'],
  ] as const) {
    const path = join(projectRoot, 'gateway/console/dist/src/app', `${file}.js`);
    const module = (await import(pathToFileURL(path).href)) as Readonly<Record<string, readonly Route[]>>;
    found.push(...(module[name] ?? []).map((route) => `/${route.path ?? ''}`));
  }
  return found;
}

/** Which of the pages an address shows; what is written out goes before what stands for anything. */
export function pageAt(address: string, pages: readonly string[]): string | undefined {
  const parts = address.split('/');
  const fits = (page: string) => {
    const pattern = page.split('/');
    return (
      pattern.length === parts.length &&
      pattern.every((part, place) => part.startsWith(':') || part === parts[place])
    );
  };
  return pages.find((page) => page === address) ?? pages.find(fits);
}
