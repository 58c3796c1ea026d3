import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { parseDocument, type Document } from 'yaml';
import { readConsortium, type Organisation } from '../../consortium.js';
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
 * An organisation as the network's own description has it.
 *
 * @throws Error when nobody has the name.
 */
export function lineOf(layout: Layout, name: string): Organisation {
  const line = readConsortium(descriptionOf(layout)).organisations.find((one) => one.name === name);
  if (line === undefined) throw unknown(name);
  return line;
}

function unknown(name: string): Error {
  return new Error(`The consortium has no organisation ${name}.`);
}

/**
 * Changes what the network's own description says of an organisation.
 *
 * @throws Error when nobody has the name, or it would not describe a consortium any more; then nothing is changed.
 */
export function changeLine(
  layout: Layout,
  name: string,
  changes: Partial<Pick<Organisation, 'host' | 'listen' | 'firstPort' | 'orderer' | 'left'>>,
): void {
  const { organisations } = readConsortium(descriptionOf(layout));
  const index = organisations.findIndex((one) => one.name === name);
  if (index < 0) throw unknown(name);
  changeDescription(layout, (description) => {
    for (const [key, value] of Object.entries(changes)) {
      if (value !== undefined) description.setIn(['organisations', index, key], value);
    }
  });
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
