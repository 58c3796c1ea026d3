/** Told how long each step of a transaction has taken that came to its end. */
export interface StepObserver {
  took(step: 'endorse' | 'commit', seconds: number): void;
}

/** Does a step, and tells how long it took; not of one that failed. */
export async function timed<T>(
  step: 'endorse' | 'commit',
  observer: StepObserver,
  work: Promise<T>,
): Promise<T> {
  const began = performance.now();
  const done = await work;
  observer.took(step, (performance.now() - began) / 1_000);
  return done;
}
