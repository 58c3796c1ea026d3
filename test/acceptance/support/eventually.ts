import { poll } from '@pledgeonce/scripts/rest/poll.js';

/** Longer than a round in which a gateway asks its certificate authority, on a machine that does other work besides. */
const patienceMs = 90_000;

/** Waits for what happens by itself. @throws Error when it does not. */
export async function eventually(ask: () => Promise<boolean | undefined>): Promise<void> {
  const seen = await poll(async () => ((await ask()) === true ? true : undefined), patienceMs);
  if (seen !== true) throw new Error('It did not happen in time.');
}
