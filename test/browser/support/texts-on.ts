import type { Page } from 'playwright-core';

/** Runs in the page: every text that is shown or read out, once. What names another language stands in that. */
const script = `(() => {
  const found = new Set([document.title]);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const lang = document.documentElement.lang;
  const isOther = (element) => {
    const own = element.closest('[lang]');
    return own !== null && own.lang !== lang;
  };
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (parent !== null && !['SCRIPT', 'STYLE', 'NOSCRIPT', 'CODE'].includes(parent.tagName) && !isOther(parent))
      found.add(walker.currentNode.textContent.trim());
  }
  for (const element of document.querySelectorAll('[aria-label],[title],[placeholder],[data-label],[alt]'))
    if (!isOther(element))
      for (const name of ['aria-label', 'title', 'placeholder', 'data-label', 'alt'])
        found.add((element.getAttribute(name) ?? '').trim());
  found.delete('');
  return [...found];
})()`;

/** Everything that the page says. */
export function textsOn(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(script);
}

/** Addresses of the console that the page leads to, from its content. */
export function linksIn(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(
    `[...document.querySelectorAll('main a[href^="/"]')].map((link) => new URL(link.href).pathname)`,
  );
}
