import type { Client } from '@pledgeonce/scripts/rest/client.js';

/** What an event stream says from a place on, until enough is there. */
export async function readEvents(
  client: Client,
  from: string,
  isEnough: (text: string) => boolean,
): Promise<{ readonly status: number; readonly text: string }> {
  const abort = new AbortController();
  const headers = { accept: 'text/event-stream', 'last-event-id': from };
  const response = await client.fetch('GET', '/events', { headers, signal: abort.signal });
  if (response.status !== 200 || response.body === null) return { status: response.status, text: '' };
  let text = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (isEnough(text)) break;
  }
  abort.abort();
  return { status: 200, text };
}

/** The places of the events in what a stream has said. */
export function placesIn(text: string): string[] {
  return [...text.matchAll(/^id: (.+)$/gm)].flatMap(([, place]) => place ?? []);
}
