import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium as engine } from 'playwright-core';
import type { BrowserContext } from 'playwright-core';
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

/** A browser with nothing in it, which speaks the language. */
export async function openBrowser(locale: 'en-GB' | 'zh-CN' = 'en-GB'): Promise<BrowserContext> {
  const executablePath = chromium();
  if (executablePath === undefined) throw new Error('Run the suite with: npm run browser');
  const context = await engine.launchPersistentContext(mkdtempSync(join(tmpdir(), 'pledgeonce-browser-')), {
    executablePath,
    headless: true,
    args: flags,
    locale,
    colorScheme: 'light',
    reducedMotion: 'reduce',
    viewport: { width: 1280, height: 860 },
  });
  context.setDefaultTimeout(60_000);
  return context;
}
