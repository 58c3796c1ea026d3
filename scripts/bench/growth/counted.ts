/** The work of one operation at one size: counts that are the same on every machine, and CPU for the feeling. */
export interface CountedFigure {
  readonly what: string;
  readonly size: string;
  /** Such as keys read, keys written, bytes; or statements and rows. */
  readonly counts: Readonly<Record<string, number>>;
  readonly cpuMs: number;
}

/** Milliseconds of this process's CPU that some work took. */
export async function cpuMsOf<T>(
  work: () => Promise<T> | T,
): Promise<{ readonly ms: number; readonly value: T }> {
  const begun = process.cpuUsage();
  const value = await work();
  const { user, system } = process.cpuUsage(begun);
  return { ms: (user + system) / 1000, value };
}
