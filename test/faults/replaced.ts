import { poll } from '@pledgeonce/scripts/rest/poll.js';

/** What a replaced program may take to be there again, on a busy machine. */
const patienceMs = 120_000;

/** What a client may be answered while programs are replaced: its claim, that its document is used up, or to ask again. */
export const expectableStatuses: ReadonlySet<number> = new Set([201, 202, 401, 409, 422, 503]);

/**
 * Asks a program to end, as whoever upgrades it does, and waits until its successor runs.
 *
 * @param present the processes of its kind at this moment.
 * @throws Error when nothing takes its place in two minutes.
 */
export async function replaced(pid: number, present: () => readonly number[]): Promise<void> {
  const { length } = present();
  process.kill(pid, 'SIGTERM');
  const isThere = await poll(
    () => Promise.resolve(present().length === length && !present().includes(pid) ? true : undefined),
    patienceMs,
  );
  if (isThere === undefined) throw new Error(`Nothing has taken the place of process ${pid}.`);
}
