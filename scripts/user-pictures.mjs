// Takes the pictures that the browser tests have kept into the pages for users, with a palette: node scripts/user-pictures.mjs
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encodeIndexed } from './pictures/encode-indexed.mjs';
import { decodePng } from './pictures/decode-png.mjs';
import { toPalette } from './pictures/to-palette.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const kept = process.env.PLEDGEONCE_PICTURES ?? join(root, '.pledgeonce', 'browser');
const target = join(root, 'docs', 'users', 'pictures');

/** Longest part of a page that is shown, pixels. */
const mostRows = 1500;

/** By the name in the page: the picture that the tests keep. */
const chosen = {
  'sign-in': 'sign-in-light',
  'bank-verify': 'story-verified-light',
  'bank-refused': 'story-refused-light',
  'bank-claim': 'story-claim-light',
  'bank-inbox': 'story-inbox-light',
  'bank-awaiting': 'story-awaiting-light',
  'bank-check': 'story-check-zh-light',
  'customs-document': 'story-document-light',
  'customs-import': 'story-import-light',
  'exporter-authorisations': 'story-authorisations-zh-light',
  'exporter-own-document': 'story-own-document-light',
  'exporter-request': 'story-request-zh-light',
  insurer: 'insurer-documents-light',
  carrier: 'carrier-documents-light',
  'auditor-trade': 'story-trade-light',
  'auditor-objection': 'story-objection-light',
  'auditor-statistics': 'auditor-statistics-light',
  notifications: 'story-notifications-light',
  'insurer-awaiting': 'story-document-awaiting-light',
  'bank-offshore': 'story-offshore-light',
  'auditor-policy': 'story-policy-light',
  'auditor-search': 'story-search-light',
  members: 'story-members-light',
  'customs-effect': 'story-effect-light',
  'exporter-first': 'story-exporter-first-light',
  'insurer-first': 'story-insurer-first-light',
  'admin-people': 'admin-people-light',
  'admin-log': 'admin-people-log-light',
  'admin-machine': 'story-machine-light',
  'exporter-offers': 'story-offers-zh-light',
};

mkdirSync(target, { recursive: true });
for (const [name, source] of Object.entries(chosen)) {
  const file = join(kept, `${source}.png`);
  if (!existsSync(file)) {
    console.log(`${source}: not there; npm run browser makes it`);
    continue;
  }
  const picture = decodePng(readFileSync(file));
  const height = Math.min(picture.height, mostRows);
  const { palette, pixels } = toPalette(picture.pixels.subarray(0, picture.width * height * 3));
  const png = encodeIndexed({ width: picture.width, height, palette, pixels });
  writeFileSync(join(target, `${name}.png`), png);
  console.log(`${name}: ${Math.round(png.length / 1024)} kB`);
}
