/** An object of the request names a member twice. */
export class RepeatedNameError extends Error {
  override readonly name = 'RepeatedNameError';

  constructor(name: string) {
    super(`The request names "${name.slice(0, 60)}" twice in one object.`);
  }
}

/**
 * Finds the first member of a JSON text that an object names twice. `JSON.parse` silently takes the last one, so two readers
 * of one request could see two requests. The text is not recursed into, however deeply it is nested.
 *
 * @param text Anything: what is no JSON is left to the parser.
 * @returns the name, undefined when each occurs once.
 */
export function repeatedName(text: string): string | undefined {
  const open: (Set<string> | undefined)[] = [];
  let isName = false;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]/gs)) {
    switch (token) {
      case '{':
        open.push(new Set());
        isName = true;
        break;
      case '[':
        open.push(undefined);
        isName = false;
        break;
      case '}':
      case ']':
        open.pop();
        isName = false;
        break;
      case ',':
        isName = open.at(-1) !== undefined;
        break;
      case ':':
        isName = false;
        break;
      default: {
        const names = open.at(-1);
        if (!isName || names === undefined) break;
        const name = plain(token);
        if (names.has(name)) return name;
        names.add(name);
        isName = false;
      }
    }
  }
  return undefined;
}

/** The name as a parser reads it: `"a"` and `"\\u0061"` are one. */
function plain(token: string): string {
  try {
    return String(JSON.parse(token));
  } catch {
    return token;
  }
}
