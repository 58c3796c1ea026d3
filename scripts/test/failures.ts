/** How much of each is shown, lines: what was expected and what came instead. */
const linesEach = 8;

/**
 * What failed, in the words of Jest or of our own suites, each once and cut short: to be read at the end of a run whose
 * log nobody keeps whole.
 *
 * @returns the lines of one failure after the other, its name first.
 */
export function failuresIn(output: string): readonly (readonly string[])[] {
  const failures = new Map<string, readonly string[]>();
  const lines = output.split('\n');
  for (const [index, line] of lines.entries()) {
    const name = nameIn(line);
    // Jest prints each again in its summary.
    if (name === undefined || failures.has(name)) continue;
    const after = lines.slice(index + 1);
    const end = after.findIndex((one) => nameIn(one) !== undefined || /^(PASS|FAIL|✓|Tests:)/.test(one));
    const told = after.slice(0, end === -1 ? undefined : end).filter((one) => one.trim() !== '');
    failures.set(name, [name, ...told.slice(0, linesEach)]);
  }
  return [...failures.values()];
}

function nameIn(line: string): string | undefined {
  // A bullet without the name of a test is what a file printed to the console.
  const [, ofJest] = /^ {2}● (.+ › .+|Test suite failed to run.*)$/.exec(line) ?? [];
  return ofJest ?? /^✗ (.+)$/.exec(line)?.[1];
}
