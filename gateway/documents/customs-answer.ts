import { dateOf } from './fields.js';
import type { Acceptance } from './parsed.js';
import { find, textOf, type XmlElement } from './xml-tree.js';

/** Reads customs' answer to a declaration; undefined when it says nothing about one. */
export function readCustomsAnswer(root: XmlElement): Acceptance | undefined {
  const declaration = find(root, 'Response', 'Declaration');
  const localReference = textOf(declaration, 'FunctionalReferenceID');
  const number = textOf(declaration, 'ID');
  if (localReference === undefined || number === undefined) return undefined;
  const accepted = textOf(declaration, 'AcceptanceDateTime', 'DateTimeString');
  return {
    localReference,
    number,
    ...(accepted !== undefined && { date: dateOf(accepted, 'AcceptanceDateTime', 'day of acceptance') }),
    invalidated: find(declaration, 'CancellationDateTime') !== undefined,
  };
}

/** What several answers to the same declarations say together. */
export function joinAcceptances(answers: Iterable<Acceptance>): Map<string, Acceptance> {
  const joined = new Map<string, Acceptance>();
  for (const answer of answers) {
    const earlier = joined.get(answer.localReference);
    joined.set(answer.localReference, {
      ...earlier,
      ...answer,
      invalidated: answer.invalidated || earlier?.invalidated === true,
    });
  }
  return joined;
}
