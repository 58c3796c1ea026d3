import type { Writable } from 'node:stream';

/** Writes to a stream and waits while its reader is behind; returns early when the signal is aborted. */
export async function writeTo(stream: Writable, chunk: unknown, signal: AbortSignal): Promise<void> {
  if (signal.aborted || stream.write(chunk)) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      stream.off('drain', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    stream.on('drain', done);
    signal.addEventListener('abort', done);
  });
}
