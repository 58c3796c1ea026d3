import { DocumentError } from './document-error.js';
import { ownText, type XmlElement } from './xml-tree.js';

/** Names of left-out elements by the element below which they stood. */
const strangers = new WeakMap<XmlElement, ReadonlySet<string>>();

/**
 * The document without the elements of other vocabularies, which may carry the same local names: a `PayableAmount` of
 * somebody's extension is not the invoice's.
 */
export function own(root: XmlElement, belongs: (namespace: string) => boolean): XmlElement {
  const children = root.children
    .filter(({ namespace }) => belongs(namespace))
    .map((child) => own(child, belongs));
  const copy = { ...root, children };
  if (children.length < root.children.length) {
    const left = root.children.filter(({ namespace }) => !belongs(namespace));
    strangers.set(copy, new Set(left.map(({ name }) => name)));
  }
  return copy;
}

/**
 * The one element at this path.
 *
 * @throws DocumentError DOCUMENT_AMBIGUOUS when there are two, or when one of a foreign vocabulary stands in its place.
 */
export function only(from: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  let at = from;
  for (const [depth, name] of path.entries()) {
    const parent = at;
    if (parent === undefined) return undefined;
    const found = parent.children.filter((child) => child.name === name);
    const field = path.slice(0, depth + 1).join('/');
    if (found.length > 1) {
      throw ambiguous(
        field,
        `The document states ${name} ${found.length} times: nobody can tell which one holds.`,
      );
    }
    if (found.length === 0 && strangers.get(parent)?.has(name) === true) {
      throw ambiguous(
        field,
        `An element of another vocabulary stands where the document's own ${name} belongs.`,
      );
    }
    at = found[0];
  }
  return at;
}

/** Trimmed text of the one element at this path. */
export function onlyText(from: XmlElement | undefined, ...path: readonly string[]): string | undefined {
  return ownText(only(from, ...path));
}

function ambiguous(field: string, detail: string): DocumentError {
  return new DocumentError('DOCUMENT_AMBIGUOUS', field, detail);
}
