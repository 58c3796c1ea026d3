import type { Browser, BrowserContext, Page } from 'playwright-core';

/** How fast the machine and the line are on which a page is loaded. */
export interface Conditions {
  readonly name: string;
  /** How many times slower than this machine; 1 for this machine itself. */
  readonly slower: number;
  /** Absent for the line to this machine itself. */
  readonly line?: { readonly latencyMs: number; readonly bytesPerSecond: number };
}

/** Times in milliseconds from the request, sizes in bytes: of script and style compressed, of everything with its headers. */
export interface Load {
  readonly firstContentfulPaint: number;
  readonly largestContentfulPaint: number;
  readonly load: number;
  /** What of tasks went beyond 50 ms, in which nobody could have typed. */
  readonly blocking: number;
  /** How far what was drawn moved about: cumulative layout shift. */
  readonly shift: number;
  readonly script: number;
  readonly style: number;
  readonly everything: number;
  readonly requests: number;
}

/** Registered before the page runs: what came before somebody looks is not told later by every kind of entry. */
const watch = `
  window.seen = { paint: 0, blocking: 0, shift: 0 };
  const on = (type, take) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  on('largest-contentful-paint', ({ startTime }) => { window.seen.paint = startTime; });
  on('longtask', ({ duration }) => { window.seen.blocking += duration - 50; });
  on('layout-shift', ({ value, hadRecentInput }) => { if (!hadRecentInput) window.seen.shift += value; });
`;

/** Reads in the page what it has measured. */
const read = `(() => {
  const [navigation] = performance.getEntriesByType('navigation');
  const resources = performance.getEntriesByType('resource');
  const paint = performance.getEntriesByName('first-contentful-paint')[0];
  const size = (end) => resources.filter(({ name }) => new URL(name).pathname.endsWith(end))
    .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
  return {
    firstContentfulPaint: paint?.startTime ?? 0,
    largestContentfulPaint: window.seen.paint,
    load: navigation.loadEventEnd,
    blocking: window.seen.blocking,
    shift: window.seen.shift,
    script: size('.js'),
    style: size('.css'),
    everything: resources.reduce((sum, { transferSize }) => sum + transferSize, navigation.transferSize),
    requests: resources.length + 1,
  };
})()`;

/** Opens the address as somebody who has never been there, under the conditions. */
export async function loadOnce(browser: Browser, address: string, conditions: Conditions): Promise<Load> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.addInitScript(watch);
    await slowDown(context, page, conditions);
    await page.goto(address, { waitUntil: 'load' });
    await page.locator('h1').first().waitFor();
    await page.waitForLoadState('networkidle');
    return await page.evaluate<Load>(read);
  } finally {
    await context.close();
  }
}

async function slowDown(context: BrowserContext, page: Page, { slower, line }: Conditions): Promise<void> {
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
  if (line === undefined) return;
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: line.latencyMs,
    downloadThroughput: line.bytesPerSecond,
    uploadThroughput: line.bytesPerSecond,
  });
}
