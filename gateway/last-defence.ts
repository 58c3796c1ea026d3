import { AsyncLocalStorage } from 'node:async_hooks';
import type { Logger } from 'pino';

/** The request in whose course something happens. */
export interface CurrentRequest {
  readonly id: string;
  readonly msp: string;
  readonly method: string;
  readonly url: string;
  /** Ends it for the client, who would wait for ever. */
  readonly fail: () => void;
}

const current = new AsyncLocalStorage<CurrentRequest>();

/** Does the work of a request, so that an error that nobody holds can be told to whoever caused it. */
export function during(request: CurrentRequest, work: () => void): void {
  current.run(request, work);
}

/** Errors that nobody holds within a minute after which the process is no longer trusted. */
const mostPerMinute = 100;
const minuteMs = 60_000;

/**
 * The last line of defence: an error that nobody holds ends the request that caused it, and no other. The organisations that
 * share the process go on; each such error is a fault of this program, and its log line says where.
 *
 * @param giveUp Called when there are so many that going on would help nobody.
 */
export function holdTheLine(
  log: Logger,
  giveUp: () => void = () => process.exit(1),
  source: NodeJS.EventEmitter = process,
): void {
  let times: number[] = [];
  const hold = (error: unknown, origin: string) => {
    const request = current.getStore();
    const { id, msp, method, url } = request ?? {};
    log.fatal({ err: error, origin, ...(request && { id, msp, method, url }) }, 'an error that nobody held');
    request?.fail();
    const now = Date.now();
    times = [...times.filter((at) => at > now - minuteMs), now];
    if (times.length > mostPerMinute) giveUp();
  };
  source.on('uncaughtException', hold);
  source.on('unhandledRejection', (error: unknown) => {
    hold(error, 'unhandledRejection');
  });
}
