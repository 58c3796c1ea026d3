import type { Seeded } from '../seeded.js';

/** Something that is killed. */
export interface Victim {
  /** By what it is counted: "chaincode server", "network". */
  readonly kind: string;
  /**
   * Kills it. What nobody else starts again is started again by whoever asks for it.
   *
   * @param seeded decides which one it is, and how long it is left dead where that is not somebody else's to decide.
   * @returns whether what was killed is there again: asked until it is. The time runs from now on.
   */
  readonly kill: (seeded: Seeded) => Promise<IsBack>;
}

export type IsBack = () => Promise<boolean>;

/** @returns whether a process was there to be killed: one that is just being started again is not. */
export function killed(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    return false;
  }
}
