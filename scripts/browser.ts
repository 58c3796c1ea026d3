import { whyNoChromium } from './stack/chromium.js';
import { runSuite } from './suite.js';

const whyNot = whyNoChromium();
if (whyNot !== undefined && !process.argv.includes('--help')) {
  process.stdout.write(`${whyNot}\nbrowser: 0 passed, 0 failed, 1 skipped\n`);
  process.exit(0);
}
await runSuite('browser');
