import { titleOf, type Part } from './parts.js';
import { run, type Outcome } from './run.js';

/** More files than these are not a matter of chance. */
const mostAgain = 5;

/** What became of a part, and what of it failed at first where it was run again. */
export interface PartOutcome extends Outcome {
  readonly unsteady: Outcome['failures'];
}

/**
 * Runs a part, and where that is wanted the few files of it that failed once more, by themselves: a busy machine must not
 * keep good work from landing. What passes only then is not hidden: it is told at the end of the run, with its first
 * failure, for somebody to look at.
 *
 * @param again whether files that failed have a second try.
 */
export async function runPart(part: Part, again: boolean, runner = run): Promise<PartOutcome> {
  const first = await runner(titleOf(part), part.command);
  const files = first.files.filter(({ isRight }) => !isRight).map(({ name }) => name);
  const steady = { ...first, unsteady: [] };
  if (!again || part.only === undefined || files.length === 0 || files.length > mostAgain) return steady;
  const second = await runner(`${titleOf(part)}, again`, part.only(files));
  if (!second.isRight) return steady;
  return {
    ...first,
    isRight: true,
    passed: first.passed + first.failed,
    failed: 0,
    failures: [],
    unsteady: first.failures,
  };
}
