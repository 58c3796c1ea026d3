import type { Consortium } from '../../consortium.js';
import type { Layout } from '../layout.js';
import { stopDaemon } from './daemon.js';
import { processNames } from './processes.js';

/**
 * Stops everything; the data stays.
 *
 * @param signal - `SIGKILL` gives nothing any time to tidy up.
 * @returns how many processes ran.
 */
export async function bringDown(
  consortium: Consortium,
  layout: Layout,
  signal?: NodeJS.Signals,
): Promise<number> {
  const stopped = await Promise.all(
    processNames(consortium, layout).map((name) => stopDaemon(layout.node(name), signal)),
  );
  return stopped.filter(Boolean).length;
}
