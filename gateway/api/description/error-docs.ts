import { errorTable } from '@pledgeonce/chaincode/errors.js';
import type { ErrorEntry } from '@pledgeonce/chaincode/errors.js';
import { problemTable, transportTable } from '../errors.js';

/** The page `docs/errors.md`: every code a client can meet, out of the tables themselves. */
export function errorsMarkdown(): string {
  return [
    '# Errors',
    '',
    'Every refusal is a problem document (RFC 9457). Programs decide by `code`, which never changes; `title` is for people. When a request is wrong in several ways, the code that comes first in its table is the one that is answered, by every node alike.',
    '',
    '## Refused by the ledger',
    '',
    ...tableOf(errorTable),
    '',
    '## Refused by the gateway',
    '',
    'Nothing has been sent to the network, or nothing came of it.',
    '',
    ...tableOf(transportTable),
    '',
  ].join('\n');
}

/** The same as a plain page, so that the `type` of a problem leads somewhere. */
export function errorsHtml(): string {
  const entries = Object.entries<ErrorEntry>(problemTable).map(
    ([code, { status, sentence }]) =>
      `<dt id="${code.toLowerCase()}"><code>${code}</code> (${status})</dt><dd>${sentence}</dd>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>PledgeOnce errors</title></head>
<body><h1>Errors</h1><dl>${entries.join('\n')}</dl></body></html>`;
}

function tableOf(table: Readonly<Record<string, ErrorEntry>>): string[] {
  const rows = Object.entries(table).map(
    ([code, { status, sentence }]) => `| \`${code}\` | ${status} | ${sentence} |`,
  );
  return ['| Code | Status | Meaning |', '| --- | --- | --- |', ...rows];
}
