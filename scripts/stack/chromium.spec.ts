import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { chromium, whyNoChromium } from './chromium.js';

describe('the browser of this machine', () => {
  const path = process.env['PATH'];
  const empty = mkdtempSync(join(tmpdir(), 'pledgeonce-path-'));
  afterEach(() => {
    process.env['PATH'] = path;
  });

  it('is found by the name that Debian gives it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'pledgeonce-path-'));
    writeFileSync(join(folder, 'chromium'), '');
    process.env['PATH'] = [empty, folder].join(delimiter);
    expect(chromium()).toBe(join(folder, 'chromium'));
    // It is there, and is none.
    expect(whyNoChromium()).toMatch(/opens no page on this machine/);
  });

  it('may be absent, which is said with what helps', () => {
    process.env['PATH'] = empty;
    expect(chromium()).toBeUndefined();
    expect(whyNoChromium()).toMatch(/no page was opened.*apt-get install chromium$/);
  });
});
