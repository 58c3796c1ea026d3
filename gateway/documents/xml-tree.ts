import { SaxesParser } from 'saxes';
import { DocumentError } from './document-error.js';

/** Bounds that keep a hostile file from costing more than an honest one. Real invoices stay below a tenth of each. */
export const xmlLimits = { bytes: 10 * 1024 * 1024, depth: 64, elements: 200_000, attributes: 64 } as const;

/** One element with its children and its own text. Names are local: namespaces are checked at the root. */
export interface XmlElement {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  text: string;
}

const chunkLength = 64 * 1024;

/**
 * Reads strict XML into a tree. Nothing is turned into a number: ids and amounts stay the text that was written.
 *
 * @throws DocumentError when the file is malformed, carries a document type declaration, or exceeds a limit.
 */
export function readXml(bytes: Uint8Array): XmlElement {
  if (bytes.byteLength > xmlLimits.bytes) {
    throw new DocumentError('INPUT_TOO_LARGE', '', 'The XML file is larger than 10 MiB.');
  }
  const text = decode(bytes);
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
    const element: XmlElement = {
      name: tag.local,
      namespace: tag.uri,
      attributes: new Map(attributes.map(({ local, value }) => [local, value])),
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

  for (let start = 0; start < text.length; start += chunkLength) {
    parser.write(text.slice(start, start + chunkLength));
  }
  parser.close();
  if (root === undefined) throw malformed('It has no element.');
  return root;
}

function malformed(reason: string): DocumentError {
  return new DocumentError('INPUT_INVALID', '', `The file is not well-formed XML. ${reason}`);
}

/** Decodes by byte order mark, else by the XML declaration, else as UTF-8, and refuses bytes that do not fit. */
function decode(bytes: Uint8Array): string {
  const declaration = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const declared = /^<\?xml[^>]*?\sencoding=["']([A-Za-z0-9._-]+)["']/.exec(declaration)?.[1];
  const marked =
    bytes[0] === 0xfe && bytes[1] === 0xff
      ? 'utf-16be'
      : bytes[0] === 0xff && bytes[1] === 0xfe
        ? 'utf-16le'
        : undefined;
  try {
    return new TextDecoder(marked ?? declared ?? 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw malformed('Its characters do not fit its encoding.');
  }
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
  const text = find(from, ...path)?.text.trim();
  return text === '' ? undefined : text;
}
