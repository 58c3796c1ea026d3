import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { parseDocument, type Document } from 'yaml';
import { readConsortium } from '../../consortium.js';
import type { Layout } from '../layout.js';
import { descriptionOf } from '../network.js';

/**
 * Changes the network's own description; comments and order stay.
 *
 * @throws Error when it would not describe a consortium any more; then nothing is changed.
 */
export function changeDescription(layout: Layout, change: (document: Document) => void): void {
  const file = descriptionOf(layout);
  const document = parseDocument(readFileSync(file, 'utf8'));
  change(document);
  writeFileSync(`${file}.draft`, document.toString());
  readConsortium(`${file}.draft`);
  renameSync(`${file}.draft`, file);
}

/**
 * Takes over what another description says of the channel itself: who governs, who follows blocks, how blocks are cut.
 *
 * @throws Error when that does not describe a consortium.
 */
export function adoptRules(layout: Layout, file: string): void {
  const { administration, blockEvents, blocks } = readConsortium(file);
  changeDescription(layout, (description) => {
    if (administration !== undefined) description.set('administration', administration);
    if (blockEvents !== undefined) description.set('blockEvents', blockEvents);
    description.set('blocks', description.createNode(blocks, { flow: true }));
  });
}
