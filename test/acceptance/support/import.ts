import type { Client, Json } from '@pledgeonce/scripts/rest/client.js';

/** Sends an import and reads its verdicts, in the order in which they come. */
export async function sendImport(
  client: Client,
  body: string | Buffer,
  contentType: string,
  query = '',
): Promise<readonly Json[]> {
  const response = await client.fetch('POST', `/facts/import${query}`, {
    body: typeof body === 'string' ? body : new Uint8Array(body),
    headers: { 'content-type': contentType },
  });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`The import answered ${response.status}: ${text}`);
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Json);
}
