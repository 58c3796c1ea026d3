/** Where one DER element lies in its buffer. */
export interface Element {
  readonly tag: number;
  readonly start: number;
  /** First byte of its content. */
  readonly content: number;
  /** One past its last byte. */
  readonly end: number;
}

/**
 * Finds the element that begins at this offset.
 *
 * @throws RangeError when it is cut short or its length is not encoded in the one shortest way.
 */
export function elementAt(der: Uint8Array, start: number): Element {
  const tag = der[start];
  const first = der[start + 1];
  if (tag === undefined || first === undefined) throw new RangeError('DER is cut short');
  let content = start + 2;
  let length = first;
  if (first >= 0x80) {
    length = 0;
    const bytes = first & 0x7f;
    if (bytes === 0 || bytes > 4) throw new RangeError('DER length is out of range');
    for (const end = content + bytes; content < end; content++) length = length * 256 + (der[content] ?? NaN);
    if (!(length >= 0x80 && length >= 256 ** (bytes - 1))) throw new RangeError('DER length is not minimal');
  }
  const end = content + length;
  if (end > der.length) throw new RangeError('DER is cut short');
  return { tag, start, content, end };
}

/**
 * All elements within this one, in order.
 *
 * @throws RangeError when one is cut off, or longer than what holds it.
 */
export function elementsIn(der: Uint8Array, parent: Element): Element[] {
  const elements: Element[] = [];
  for (let at = parent.content; at < parent.end;) {
    const element = elementAt(der, at);
    if (element.end > parent.end) throw new RangeError('DER element is longer than what holds it');
    elements.push(element);
    at = element.end;
  }
  return elements;
}
