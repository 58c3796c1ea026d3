import { titleOf, type Part } from './parts.js';
import { run, type Outcome } from './run.js';

/** More files than these are not a matter of chance. */
const mostAgain = 8;

/** What fails so often is wrong, however busy the machine is. */
const mostTries = 3;

/** What became of a part, and what of it failed at first where it was run again. */
export interface PartOutcome extends Outcome {
  readonly unsteady: Outcome['failures'];
}

/**
 * Runs a part, and where that is wanted the few files of it that failed once more, and those that fail then once more again, by
 * themselves: a busy machine must not keep good work from landing. What passes only then is not hidden: it is told at the end of the run, with its first
 * failure, for somebody to look at.
 *
 * @param again whether files that failed have a second and a third try.
 */
export async function runPart(part: Part, again: boolean, runner = run): Promise<PartOutcome> {
  const first = await runner(titleOf(part), part.command);
  const steady = { ...first, unsteady: [] };
  let wrong = failedFiles(first);
  if (!again || part.only === undefined || wrong.length === 0 || wrong.length > mostAgain) return steady;
  for (let tries = 2; tries <= mostTries; tries += 1) {
    const next = await runner(`${titleOf(part)}, again`, part.only(wrong));
    if (next.isRight) return { ...righted(first), unsteady: first.failures };
    wrong = failedFiles(next);
    // What ends without a file that failed has not come as far as its files.
    if (wrong.length === 0) break;
  }
  return steady;
}

function failedFiles({ files }: Outcome): readonly string[] {
  return files.filter(({ isRight }) => !isRight).map(({ name }) => name);
}

function righted(first: Outcome): Outcome {
  return { ...first, isRight: true, passed: first.passed + first.failed, failed: 0, failures: [] };
}
