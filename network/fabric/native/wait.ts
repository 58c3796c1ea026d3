import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { DaemonDied } from './daemon.js';

/**
 * Asks again and again until the answer is yes.
 *
 * @param what - completes the sentence "waited N s for …".
 * @param limit - milliseconds.
 * @throws Error when the time is over; its cause is the last error that the question threw. A program that has died
 *   ends the waiting at once.
 */
export async function waitUntil(
  what: string,
  question: () => Promise<boolean>,
  limit = 60_000,
  pause = 200,
): Promise<void> {
  const deadline = Date.now() + limit;
  let cause: unknown;
  for (;;) {
    try {
      if (await question()) return;
    } catch (error) {
      if (error instanceof DaemonDied) throw error;
      cause = error;
    }
    if (Date.now() > deadline)
      throw new Error(`Waited ${Math.round(limit / 1000)} s for ${what}.`, { cause });
    await delay(pause);
  }
}

/** Whether something accepts connections on this port of this machine. */
export async function answers(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => {
      end(true);
    });
    socket.once('error', () => {
      end(false);
    });
  });
}

/** Whether the operations service of a peer or orderer says that all is well. */
export async function healthy(port: number): Promise<boolean> {
  const response = await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(5000) });
  await response.arrayBuffer();
  return response.ok;
}
