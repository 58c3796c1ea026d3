import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { requestsOn, type ShownRequest } from '@pledgeonce/gateway/api/testing/shown-requests.js';
import type { Answer, Client, Json, Method } from '@pledgeonce/scripts/rest/client.js';
import { projectRoot } from '@pledgeonce/scripts/stack/options.js';

/** A how-to page whose requests are sent as they stand there, but for what has to be fresh. */
export class HowToPage {
  readonly #requests: readonly ShownRequest[];
  readonly #sent = new Set<ShownRequest>();
  readonly #words: [shown: string, meant: string][] = [];

  /** @param words what stands on the page, and what is to be sent instead. */
  constructor(name: string, words: Readonly<Record<string, string>>) {
    const text = readFileSync(join(projectRoot, 'docs/how-to', `${name}.md`), 'utf8');
    this.#requests = requestsOn(text).filter(({ isMention }) => !isMention);
    for (const [shown, meant] of Object.entries(words)) this.means(shown, meant);
  }

  /** From now on these words of the page stand for something fresh; an id may be cut short as it is there. */
  means(shown: string, meant: string): void {
    const whole = shown.endsWith('…') ? shown.slice(0, -1).padEnd(64, '0') : shown;
    this.#words.unshift([whole, meant]);
  }

  /** The body of the next request to this address, or of the last one again. @throws Error when there is none. */
  body(path: string): Json {
    return this.#bodyOf(this.#next(path));
  }

  /** Sends it. @param id stands in the address where the page says `{id}`. */
  async send(client: Client, path: string, id = ''): Promise<Answer> {
    const request = this.#next(path);
    this.#sent.add(request);
    const body = this.#bodyOf(request);
    return client.request(request.method as Method, path.replace('{id}', id), { body });
  }

  /** Sends a request of the page with its query, and a file where the page names one. */
  async sendFile(client: Client, path: string, type: string, body?: string, id = ''): Promise<Answer> {
    const request = this.#next(path);
    this.#sent.add(request);
    const pairs = Object.entries(request.query).map(([name, value]) => [name, this.#meant(value)]);
    const query = new URLSearchParams(Object.fromEntries(pairs) as Record<string, string>).toString();
    const address = path.replace('{id}', id) + (query === '' ? '' : `?${query}`);
    if (body === undefined) return client.request(request.method as Method, address);
    return client.request(request.method as Method, address, { body, headers: { 'content-type': type } });
  }

  /** Sends a request of the page whose answer is no single JSON. */
  async sendForText(client: Client, path: string): Promise<string> {
    const request = this.#next(path);
    this.#sent.add(request);
    return (await client.fetch(request.method as Method, path)).text();
  }

  /** Requests of the page that nobody has sent. */
  get unsent(): readonly string[] {
    return this.#requests.filter((one) => !this.#sent.has(one)).map(({ text }) => text);
  }

  /** What was put in is not looked at again: a day that is meant may be one that is shown elsewhere. */
  #meant(text: string, [word, ...others] = this.#words): string {
    if (word === undefined) return text;
    const [shown, meant] = word;
    return text
      .split(shown)
      .map((part) => this.#meant(part, others))
      .join(meant);
  }

  #next(path: string): ShownRequest {
    const all = this.#requests.filter((one) => one.path === path);
    const request = all.find((one) => !this.#sent.has(one)) ?? all.at(-1);
    if (request === undefined) throw new Error(`The page shows no request to ${path}.`);
    return request;
  }

  #bodyOf({ body = '{}' }: ShownRequest): Json {
    return JSON.parse(this.#meant(body)) as Json;
  }
}
