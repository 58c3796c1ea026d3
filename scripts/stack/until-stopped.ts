/** Waits for Ctrl-C or a request to end, runs the clean-up once, and ignores the impatient second Ctrl-C. */
export async function untilStopped(cleanUp: () => Promise<void>): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        resolve();
      });
    }
  });
  await cleanUp();
}
