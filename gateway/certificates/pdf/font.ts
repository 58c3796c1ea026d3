import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

let kept: Promise<Uint8Array> | undefined;

/** Noto Sans with Latin and Chinese letters; of its 8 MB a document embeds the letters that it uses. */
export function fontBytes(): Promise<Uint8Array> {
  const entry = createRequire(import.meta.url).resolve('@embedpdf/fonts-sc');
  kept ??= readFile(join(dirname(entry), '..', 'fonts', 'NotoSansHans-Regular.otf'));
  return kept;
}
