import { setImmediate } from 'node:timers/promises';
import { SaxesParser } from 'saxes';
import { decoderFor, markedEncoding } from './decode-text.js';
import { DocumentError } from './document-error.js';

/** Bounds that keep a hostile file from costing more than an honest one. Real invoices stay below a tenth of each. */
const xmlLimits = {
  bytes: 10 * 1024 * 1024,
  depth: 64,
  elements: 200_000,
  attributes: 64,
  /** Of characters and entities (`&amp;`, `&#38;`), each of which costs as much as an element. */
  references: 100_000,
} as const;

/** One element with its children and its own text, by local names: what belongs to the document is told by `own`. */
export interface XmlElement {
  readonly name: string;
  readonly namespace: string;
  /** Those without a prefix: an attribute of another namespace must not stand for one of the document's own. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  text: string;
}

/** Characters that are parsed at a time; between two pieces other requests get their turn. */
const pieceLength = 64 * 1024;

/**
 * Reads strict XML into a tree. Nothing is turned into a number: ids and amounts stay the text that was written.
 *
 * @param charset what the transport says of the encoding; a byte order mark and the declaration count more.
 * @throws DocumentError when the file is malformed, carries a document type declaration, or exceeds a limit.
 */
export async function readXml(bytes: Uint8Array, charset?: string): Promise<XmlElement> {
  if (bytes.byteLength > xmlLimits.bytes) {
    throw new DocumentError('INPUT_TOO_LARGE', '', 'The XML file is larger than 10 MiB.');
  }
  const text = decoderFor(encodingOf(bytes) ?? charset ?? 'utf-8').decode(bytes);
  if (countReferences(text) > xmlLimits.references) {
    throw new DocumentError('INPUT_TOO_LARGE', '', 'The XML file has too many character references.');
  }
  const { parser, root } = treeBuilder();
  for (let start = 0; start < text.length; start += pieceLength) {
    if (start > 0) await setImmediate();
    parser.write(text.slice(start, start + pieceLength));
  }
  parser.close();
  return root();
}

function treeBuilder() {
  const parser = new SaxesParser({ xmlns: true, position: true });
  const open: XmlElement[] = [];
  let root: XmlElement | undefined;
  let elements = 0;

  // Without a declaration there is nothing to expand: only the five entities of XML itself remain.
  parser.on('doctype', () => {
    throw malformed('A document type declaration is not allowed.');
  });
  parser.on('error', (error) => {
    throw malformed(error.message);
  });
  parser.on('opentag', (tag) => {
    elements += 1;
    const attributes = Object.values(tag.attributes);
    if (elements > xmlLimits.elements) throw malformed('It has too many elements.');
    if (open.length >= xmlLimits.depth) throw malformed('Its elements are nested too deeply.');
    if (attributes.length > xmlLimits.attributes) throw malformed('An element has too many attributes.');
    const plain = attributes.filter(({ prefix }) => prefix === '');
    const element: XmlElement = {
      name: tag.local,
      namespace: tag.uri,
      attributes: new Map(plain.map(({ local, value }) => [local, value])),
      children: [],
      text: '',
    };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on('closetag', () => {
    open.pop();
  });
  const append = (more: string) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += more;
  };
  parser.on('text', append);
  parser.on('cdata', append);
  return {
    parser,
    root: () => {
      if (root === undefined) throw malformed('It has no element.');
      return root;
    },
  };
}

function malformed(reason: string): DocumentError {
  return new DocumentError('INPUT_INVALID', '', `The file is not well-formed XML. ${reason}`);
}

function encodingOf(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const declared = /^<\?xml[^>]*?\sencoding=["']([A-Za-z0-9._:-]+)["']/.exec(start)?.[1];
  return markedEncoding(bytes) ?? declared;
}

function countReferences(text: string): number {
  let count = 0;
  for (let at = text.indexOf('&'); at >= 0 && count <= xmlLimits.references; at = text.indexOf('&', at + 1)) {
    count += 1;
  }
  return count;
}

/** The first element at this path below `from`, such as `['PriceAmount']`. */
export function find(from: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  return path.reduce<XmlElement | undefined>(
    (at, name) => at?.children.find((child) => child.name === name),
    from,
  );
}

/** All direct children of this name. */
export function findAll(from: XmlElement | undefined, name: string): readonly XmlElement[] {
  return from?.children.filter((child) => child.name === name) ?? [];
}

/** Trimmed text at this path, or undefined when there is none. */
export function textOf(from: XmlElement | undefined, ...path: readonly string[]): string | undefined {
  return ownText(find(from, ...path));
}

/** Trimmed text of one element, or undefined when there is none. */
export function ownText(element: XmlElement | undefined): string | undefined {
  const text = element?.text.trim();
  return text === '' ? undefined : text;
}
