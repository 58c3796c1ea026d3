/** A request to the API as a page of the documentation shows it. */
export interface ShownRequest {
  /** As it stands there, for a message. */
  readonly text: string;
  readonly method: string;
  /** Below the base path, with `{id}` where the page says so. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Its JSON, with whole ids; undefined where the page shows none. */
  readonly body: string | undefined;
  /** Only mentioned in a sentence, where a body may be left out. */
  readonly isMention: boolean;
}

const fence = /^ *```\w*\n([\s\S]*?)^ *```$/gm;
const span = /`([^`]+)`/g;
const requestLine = /^ *(GET|POST|PATCH|DELETE) (\/\S+)/;
/** A command with its arguments, over several lines where they say so. */
const command = /curl\s(?:'[^']*'|"[^"]*"|\\\n|[^\n'"])*/g;

/**
 * Every request on a page in Markdown: blocks of `POST /api/v1/…` with a JSON body below or behind it, the same in a
 * code span, and commands of curl. An id may be cut short, as in `"5f0c…"`.
 */
export function requestsOn(page: string): ShownRequest[] {
  const blocks = [...page.matchAll(fence)].map(([, code = '']) => code);
  const spans = [...page.replace(fence, '').matchAll(span)].map(([, code = '']) => code.replace(/\s+/g, ' '));
  return [
    ...blocks.flatMap((code) => paragraphsOf(code)).flatMap((code) => requestIn(code, false)),
    ...spans.flatMap((code) => requestIn(code, true)),
    ...blocks.flatMap((code) => [...code.matchAll(command)]).flatMap(([code]) => requestOfCurl(code)),
  ];
}

/** Pieces of a block that begin with a request and end before a blank line or the next request. */
function paragraphsOf(code: string): string[] {
  return code.split(/\n\s*\n|\n(?= *(?:GET|POST|PATCH|DELETE) \/)/);
}

function requestIn(code: string, isMention: boolean): ShownRequest[] {
  const [line, method = '', address = ''] = requestLine.exec(code) ?? [];
  if (line === undefined) return [];
  const body = firstObject(code.slice(line.length));
  return [{ text: line.trim(), method, ...split(address), body, isMention }];
}

function requestOfCurl(code: string): ShownRequest[] {
  const address = /(?:\$[A-Z]+|https?:\/\/[^\s/]+\/api\/v1)(\/[^\s'"]*)/.exec(code)?.[1];
  if (address === undefined) return [];
  const sent = / -d '([^']*)'/.exec(code)?.[1];
  const isPost = sent !== undefined || code.includes(' --data-binary ');
  const method = / -X ([A-Z]+)/.exec(code)?.[1] ?? (isPost ? 'POST' : 'GET');
  const body = sent === undefined ? undefined : firstObject(sent);
  return [{ text: `${method} ${address}`, method, ...split(address), body, isMention: false }];
}

function split(address: string): Pick<ShownRequest, 'path' | 'query'> {
  const [path = '', query = ''] = address.replace(/^\/api\/v1/, '').split('?');
  return { path, query: Object.fromEntries(new URLSearchParams(query)) };
}

/** The first JSON object in a text, to its end; undefined when there is none. */
function firstObject(text: string): string | undefined {
  const start = text.indexOf('{');
  if (start === -1) return undefined;
  let depth = 0;
  for (const { 0: token, index } of text.slice(start).matchAll(/"(?:[^"\\]|\\.)*"|[{}]/g)) {
    depth += token === '{' ? 1 : token === '}' ? -1 : 0;
    if (depth === 0) return wholeIds(text.slice(start, start + index + 1));
  }
  return text.slice(start);
}

/** An id that is cut short stands for a whole one, of 64 hexadecimal characters. */
function wholeIds(json: string): string {
  return json.replace(/"([0-9a-f]{2,})…"/g, (_, digits: string) => `"${digits.padEnd(64, '0')}"`);
}
