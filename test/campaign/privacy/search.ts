import type { Secret } from './secrets.js';

/** A value as it may be written somewhere. */
export interface Needle {
  readonly secret: Secret;
  /** How it is written there. */
  readonly form: string;
  readonly bytes: Buffer;
}

/** Shorter ones are found by chance: a middle of base64 of few bytes. */
const shortest = 8;

/** Plain, and as whoever hides something carelessly writes it. */
export function formsOf(secret: Secret): readonly Needle[] {
  const plain = Buffer.from(secret.value);
  const texts: readonly (readonly [string, string | Buffer])[] = [
    ['plain', plain],
    ['small letters', secret.value.toLowerCase()],
    ['hexadecimal', plain.toString('hex')],
    ['hexadecimal in capitals', plain.toString('hex').toUpperCase()],
    ['URL-encoded', encodeURIComponent(secret.value)],
    ['UTF-16', Buffer.from(secret.value, 'utf16le')],
    ['UTF-16, big end first', Buffer.from(secret.value, 'utf16le').swap16()],
    ['backwards', Array.from(secret.value).reverse().join('')],
    // Money in the smallest unit, as a ledger may count.
    ['digits alone', /^\d+\.\d\d$/.test(secret.value) ? secret.value.replace('.', '') : ''],
    ...[0, 1, 2].flatMap((offset) => base64Middles(plain, offset)),
  ];
  const seen = new Set<string>();
  return texts.flatMap(([form, text]) => {
    const bytes = Buffer.from(text as string);
    const name = bytes.toString('latin1');
    if (bytes.length < shortest || seen.has(name)) return [];
    seen.add(name);
    return [{ secret, form, bytes }];
  });
}

/** What base64 of a longer text has of these bytes, wherever in it they begin: the groups that nothing else gets into. */
function base64Middles(plain: Buffer, offset: number): readonly (readonly [string, string])[] {
  const lead = offset === 0 ? 0 : 3 - offset;
  const whole = plain.subarray(lead, lead + Math.floor((plain.length - lead) / 3) * 3);
  return [
    ['base64', whole.toString('base64')],
    ['base64url', whole.toString('base64url')],
  ];
}

/** Where a value was found that should not be there. */
export interface Find {
  readonly needle: Needle;
  readonly at: number;
}

const tableSize = 1 << 20;

/** Looks for many values at once: by their first four bytes, in one pass. */
export class Search {
  readonly #byStart = new Map<number, Needle[]>();
  readonly #mayStart = new Uint8Array(tableSize);

  constructor(secrets: readonly Secret[]) {
    for (const needle of secrets.flatMap(formsOf)) {
      const start = needle.bytes.readUInt32LE(0);
      this.#mayStart[slotOf(start)] = 1;
      const others = this.#byStart.get(start);
      if (others === undefined) this.#byStart.set(start, [needle]);
      else others.push(needle);
    }
  }

  /** @returns the first place of each value and form that is there. */
  in(hay: Uint8Array): readonly Find[] {
    const bytes = Buffer.from(hay.buffer, hay.byteOffset, hay.byteLength);
    const found = new Map<Needle, Find>();
    let start = 0;
    for (let index = 0; index < bytes.length; index += 1) {
      // The last four bytes, the latest on top.
      start = ((start >>> 8) | ((bytes[index] ?? 0) << 24)) >>> 0;
      if (index < 3 || this.#mayStart[slotOf(start)] === 0) continue;
      for (const needle of this.#byStart.get(start) ?? []) {
        const at = index - 3;
        const isThere = bytes.subarray(at, at + needle.bytes.length).equals(needle.bytes);
        if (isThere && !found.has(needle)) found.set(needle, { needle, at });
      }
    }
    return [...found.values()];
  }
}

function slotOf(start: number): number {
  return ((start ^ (start >>> 12)) >>> 0) % tableSize;
}

/** What was found, in a sentence that names the place and the value, with a little of what stands around it. */
export function told(place: string, hay: Uint8Array, { needle: { secret, form, bytes }, at }: Find): string {
  const around = Buffer.from(hay).subarray(Math.max(0, at - 40), at + bytes.length + 20);
  const shown = around.toString('latin1').replaceAll(/[^ -~]/g, '.');
  return `${secret.kind} ${secret.value} (${form}) in ${place}: …${shown}…`;
}
