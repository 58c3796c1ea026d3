import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

/** What answers at present. */
interface Answering {
  readonly app: RequestListener;
  /** Ends what never ends by itself. */
  readonly endStreams: () => void;
}

/** The one door of a replica, behind which what answers is exchanged while it is open. */
export class Front {
  readonly #standby: Answering;
  #present: Answering;
  readonly #open = new Map<ServerResponse, Answering>();

  constructor(standby: RequestListener) {
    this.#standby = { app: standby, endStreams: () => undefined };
    this.#present = this.#standby;
  }

  /** For the server. */
  readonly handle = (request: IncomingMessage, response: ServerResponse): void => {
    const present = this.#present;
    this.#open.set(response, present);
    response.once('close', () => this.#open.delete(response));
    present.app(request, response);
  };

  /** From now on this answers. */
  serve(answering: Answering): void {
    this.#present = answering;
  }

  endStreams(): void {
    this.#present.endStreams();
  }

  /**
   * From now on the replica stands by. Resolves when what was under way has been answered.
   *
   * @param patienceMs After which it is broken off.
   */
  async standBy(patienceMs: number): Promise<void> {
    const former = this.#present;
    this.#present = this.#standby;
    if (former === this.#standby) return;
    former.endStreams();
    const left = [...this.#open].filter(([, by]) => by === former).map(([response]) => response);
    const closed = left.map(
      (response) =>
        new Promise<void>((resolve) => {
          response.once('close', resolve);
        }),
    );
    const impatience = setTimeout(() => {
      for (const response of left) response.destroy();
    }, patienceMs);
    await Promise.all(closed);
    clearTimeout(impatience);
  }
}
