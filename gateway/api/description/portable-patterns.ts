/** Half a character cannot be in a text that a client in most languages holds, and their patterns cannot name one. */
const halves = '\\ud800-\\udfff';
/** The generator takes the flags of a pattern for a part of it. */
const flags = /\$\/[a-z]+$/;

/** Patterns as every reader of JSON schemas takes them, and not only one that is written in JavaScript. */
export function withPortablePatterns<D extends object>(document: D): D {
  for (const [name, value] of Object.entries(document) as [keyof D, unknown][]) {
    if (typeof value === 'string' && name === 'pattern') document[name] = portable(value) as D[keyof D];
    else if (typeof value === 'object' && value !== null) withPortablePatterns(value);
  }
  return document;
}

function portable(pattern: string): string {
  return pattern.replace(flags, '$').replace(halves, '');
}
