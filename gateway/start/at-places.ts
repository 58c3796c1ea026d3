import type { Logger } from 'pino';
import type { OrganisationConfig } from '../config.js';
import { readConnectionString } from '../replicas/replica-config.js';
import { ownPlaces, sharedPlaces } from './places.js';
import type { Places } from './places.js';

/** A command waits so long for the place of the replicas that have been stopped. */
const patienceMs = 15_000;

/**
 * Works on what a gateway keeps while no gateway does: a folder, like the place of the replica that leads, is open to one
 * process at a time.
 *
 * @throws Error while a gateway runs.
 */
export async function atPlaces<T>(
  { msp, stateDir, replicas }: Pick<OrganisationConfig, 'msp' | 'stateDir' | 'replicas'>,
  log: Logger,
  work: (places: Places) => Promise<T>,
  waitMs = patienceMs,
): Promise<T> {
  if (replicas === undefined) return work(ownPlaces(stateDir));
  // Read where there is a database only: it brings the driver.
  const { Seat } = await import('../storage/postgres/seat.js');
  const seat = new Seat({
    connectionString: () => readConnectionString(replicas),
    organisation: msp,
    // Nobody is served here: whoever stands by finds no address.
    own: () => ({ address: 'http://0.0.0.0:9' }),
    log,
  });
  try {
    await seat.taken(AbortSignal.timeout(waitMs));
  } catch (error) {
    const why =
      seat.standing.state === 'away'
        ? 'The database does not answer.'
        : 'A replica serves: stop all of them first.';
    throw new Error(why, { cause: error });
  }
  try {
    return await work(sharedPlaces(seat));
  } finally {
    await seat.leave();
  }
}
