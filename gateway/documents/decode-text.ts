import { TextDecoder } from 'node:util';
import { DocumentError } from './document-error.js';

/**
 * What the bytes 0x80 to 0x9F are in windows-1252. The table is our own because Node's decoder takes them for control
 * characters in some versions and for letters in others: the same file must give the same number everywhere.
 */
const upperHalf =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

/** Every name that the WHATWG Encoding Standard gives to windows-1252; Latin-1 and ASCII are among them. */
const windows1252: ReadonlySet<string> = new Set([
  'windows-1252',
  'cp1252',
  'x-cp1252',
  'iso-8859-1',
  'iso8859-1',
  'iso88591',
  'iso_8859-1',
  'iso_8859-1:1987',
  'iso-ir-100',
  'csisolatin1',
  'latin1',
  'l1',
  'cp819',
  'ibm819',
  'us-ascii',
  'ascii',
  'ansi_x3.4-1968',
]);

/** Decodes bytes that come in pieces. */
export interface Decoder {
  readonly decode: (bytes: Uint8Array, more?: boolean) => string;
}

/**
 * A decoder for an encoding by its WHATWG name, which refuses bytes that do not fit.
 *
 * @throws DocumentError INPUT_INVALID for an unknown name, here or, for bytes that do not fit, when decoding.
 */
export function decoderFor(label: string): Decoder {
  const name = label.trim().toLowerCase();
  if (windows1252.has(name)) return { decode: decodeWindows1252 };
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(name, { fatal: true });
  } catch {
    throw new DocumentError('INPUT_INVALID', '', `The encoding ${label.slice(0, 40)} is not known here.`);
  }
  return {
    decode: (bytes, more = false) => {
      try {
        return decoder.decode(bytes, { stream: more });
      } catch {
        throw new DocumentError('INPUT_INVALID', '', `Its characters do not fit its encoding, ${name}.`);
      }
    },
  };
}

/** The encoding that a byte order mark announces. */
export function markedEncoding(bytes: Uint8Array): string | undefined {
  const [first, second, third] = bytes;
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xef && second === 0xbb && third === 0xbf ? 'utf-8' : undefined;
}

function decodeWindows1252(bytes: Uint8Array): string {
  const latin = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');

  return latin.replace(/[\x80-\x9f]/g, (control) => upperHalf.charAt(control.charCodeAt(0) - 0x80));
}
