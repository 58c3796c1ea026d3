import type { paths } from '@pledgeonce/client';
import { linesOf } from './lines-of.js';
import { mediaTypeOf } from './media-type.js';
import { OfflineError, readProblem } from './problem.js';

/** What a paper says, or why it cannot be read. */
export type Reading = paths['/facts/readings']['post']['responses'][200]['content']['application/x-ndjson'];

/** Formats of papers that the gateway reads, as a chooser of files names them. */
export const paperFiles = '.csv,.xlsx,.json,.ndjson,.xml,.pdf,.zip';

/**
 * What stands in papers, one after the other, as the gateway reads them; nothing is recorded.
 *
 * @throws ApiProblem where the gateway refuses the files as a whole; OfflineError where it is not reached.
 */
export async function* readPapers(files: readonly File[]): AsyncGenerator<Reading> {
  for await (const line of linesOf(await send(files))) yield JSON.parse(line) as Reading;
}

async function send(files: readonly File[]): Promise<Response> {
  const [file] = files;
  const isOne = files.length === 1 && file !== undefined;
  const form = new FormData();
  for (const one of files) form.append('file', one);
  const headers = {
    'X-PledgeOnce-Page': '1',
    ...(isOne && { 'Content-Type': mediaTypeOf(file.name) }),
  };
  const sending = fetch('/api/v1/facts/readings', { method: 'POST', headers, body: isOne ? file : form });
  const response = await sending.catch((cause: unknown) => {
    throw new OfflineError(cause);
  });
  if (!response.ok) throw readProblem(await response.json().catch(() => undefined), response);
  return response;
}
