/** An element to be written: its name, and what is in it; what is undefined is left out. */
export type Written = readonly [
  name: string,
  content: string | readonly (Written | undefined)[],
  attributes?: Readonly<Record<string, string>>,
];

/** Writes a document in UTF-8, its elements in the namespace. */
export function writeXml(namespace: string, root: Written): string {
  const [name, content] = root;
  const whole = write([name, content, { xmlns: namespace }], '');
  return `<?xml version="1.0" encoding="UTF-8"?>\n${whole}\n`;
}

function write([name, content, attributes = {}]: Written, indent: string): string {
  const said = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escape(value)}"`)
    .join('');
  if (typeof content === 'string') return `${indent}<${name}${said}>${escape(content)}</${name}>`;
  const inner = content.flatMap((one) => (one === undefined ? [] : [write(one, `${indent}  `)]));
  return `${indent}<${name}${said}>\n${inner.join('\n')}\n${indent}</${name}>`;
}

/** Characters that XML knows no form of are left out. */
function escape(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
