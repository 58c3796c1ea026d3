import { chromium as engine } from 'playwright-core';
import type { Browser, BrowserContext } from 'playwright-core';
import { chromium } from '@pledgeonce/scripts/stack/chromium.js';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

let started: Promise<Browser> | undefined;

/** A window with nothing in it, which speaks the language and knows nothing of the others of the same file. */
export async function openWindow(locale: 'en-GB' | 'zh-CN' = 'en-GB'): Promise<BrowserContext> {
  started ??= start();
  const context = await (
    await started
  ).newContext({
    locale,
    colorScheme: 'light',
    reducedMotion: 'reduce',
    viewport: { width: 1280, height: 860 },
  });
  context.setDefaultTimeout(60_000);
  return context;
}

/** Closes every window, however a test has ended. */
export async function closeBrowser(): Promise<void> {
  const running = started;
  started = undefined;
  await (await running)?.close();
}

function start(): Promise<Browser> {
  const executablePath = chromium();
  if (executablePath === undefined) throw new Error('Run the suite with: npm run browser');
  return engine.launch({ executablePath, headless: true, args: flags });
}
