import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { projectRoot } from '../stack/options.js';

/** Folders whose pages are not ours, or are made anew with each run. */
const skipped = new Set(['node_modules', 'dist', 'site', '.git', '.pledgeonce', 'bench-results']);

function pagesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (skipped.has(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return pagesBelow(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

/** How a heading is linked to. */
function anchorOf(heading: string): string {
  return heading
    .replaceAll('`', '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_\- ]/gu, '')
    .replaceAll(' ', '-');
}

/** What a page says about places in this repository, code aside. */
function linksOf(text: string): string[] {
  const prose = text.replace(/```.*?```/gs, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .flatMap(([, link]) => link ?? [])
    .filter((link) => !/^[a-z]+:/.test(link));
}

function isDead(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : normalize(join(dirname(page), path));
  if (!existsSync(target)) return true;
  if (anchor === undefined || !target.endsWith('.md')) return false;
  const text = readFileSync(target, 'utf8');
  const anchors = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchorOf(heading));
  return !anchors.includes(anchor) && !text.includes(`id="${anchor}"`);
}

describe('the pages of this repository', () => {
  const pages = pagesBelow(projectRoot);

  it('link to files and headings that exist', () => {
    const links = pages.flatMap((page) =>
      linksOf(readFileSync(page, 'utf8')).map((link) => ({ page, link })),
    );
    expect(links.length).toBeGreaterThan(100);
    const dead = links.filter(({ page, link }) => isDead(page, link));
    expect(dead.map(({ page, link }) => `${relative(projectRoot, page)}: ${link}`)).toEqual([]);
  });

  it('tell a heading from one that only looks like it', () => {
    const page = join(projectRoot, 'README.md');
    expect(isDead(page, '#two-commands')).toBe(false);
    expect(isDead(page, '#two-commandz')).toBe(true);
    expect(isDead(page, 'docs/nowhere.md')).toBe(true);
  });
});
