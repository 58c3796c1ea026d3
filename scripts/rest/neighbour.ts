import type { StackDescription } from '../stack/description.js';
import { Client, signIn } from './client.js';
import { poll } from './poll.js';
import { send } from './send.js';

const patienceMs = 30_000;

/** Organisations whose writes were acknowledged to somebody since the others were last waited for. */
const unheard = new Set<string>();
let hearing: Promise<void> | undefined;

/**
 * A person of a test or a story. What one organisation has just done reaches the peers of the others with the next block, on
 * Fabric at each peer's own pace. So whoever acts on it waits until every gateway knows the latest block that any knows.
 * What follows from the own organisation's writes is not waited for: that a gateway answers at once what it has
 * acknowledged is what it owes.
 */
export class Neighbour extends Client {
  readonly #stack: StackDescription;
  readonly #msp: string;

  private constructor(client: Client, stack: StackDescription, msp: string) {
    super(client.url, client.token);
    this.#stack = stack;
    this.#msp = msp;
  }

  static async signIn(stack: StackDescription, msp: string, who: string): Promise<Neighbour> {
    return new Neighbour(await signIn(stack, msp, who), stack, msp);
  }

  protected override async deliver(request: Request, signal?: AbortSignal): Promise<Response> {
    while ([...unheard].some((msp) => msp !== this.#msp)) {
      hearing ??= everybodyHears(this.#stack).finally(() => (hearing = undefined));
      await hearing;
    }
    const response = await super.deliver(request, signal);
    if (request.method !== 'GET' && response.ok) unheard.add(this.#msp);
    return response;
  }
}

/** @throws Error when a gateway does not learn in time what another knows. */
async function everybodyHears(stack: StackDescription): Promise<void> {
  unheard.clear();
  const wanted = Math.max(...(await latestBlocks(stack)));
  const heard = await poll(
    async () => (Math.min(...(await latestBlocks(stack))) >= wanted ? true : undefined),
    patienceMs,
    20,
  );
  if (heard === undefined) throw new Error(`Not every organisation has got block ${wanted}.`);
}

/** The latest block that each gateway knows, of those that answer. */
async function latestBlocks({ organisations }: StackDescription): Promise<number[]> {
  const answers = await Promise.allSettled(
    organisations.map(async ({ url }) => (await (await send(`${url}/readyz`)).json()) as { block: number }),
  );
  return answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value.block] : []));
}
