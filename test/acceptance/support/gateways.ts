import { setTimeout as sleep } from 'node:timers/promises';
import { consortium } from './consortium.js';

/** Waits until other processes have taken the place of these. @throws Error when that does not happen in time. */
export async function gatewaysAfter(old: readonly number[]): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    const { gateways } = consortium().processes;
    if (gateways.length === old.length && gateways.every((pid) => !old.includes(pid))) return;
    await sleep(100);
  }
  throw new Error('The gateways were not started again in a minute.');
}
