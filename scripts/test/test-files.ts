/** One file of tests that has ended. */
export interface TestFile {
  readonly name: string;
  readonly isRight: boolean;
  /** Only of files that took a while: Jest does not say it of the others. */
  readonly seconds: number;
}

/** Reads the files that have ended from what Jest prints, whole lines or not. */
export class TestFiles {
  readonly #ended: TestFile[] = [];
  #rest = '';

  /** @returns the files that ended with this piece of output. */
  read(text: string): readonly TestFile[] {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    const ended: TestFile[] = [];
    for (const file of lines.flatMap(fileIn)) {
      // Jest names what failed again in its summary.
      if (this.#ended.some(({ name }) => name === file.name)) continue;
      this.#ended.push(file);
      ended.push(file);
    }
    return ended;
  }

  get ended(): readonly TestFile[] {
    return this.#ended;
  }
}

/** The slowest first. */
export function slowest(files: readonly TestFile[], count: number): readonly TestFile[] {
  return files
    .filter(({ seconds }) => seconds > 0)
    .toSorted((one, other) => other.seconds - one.seconds)
    .slice(0, count);
}

function fileIn(line: string): TestFile[] {
  const [, verdict, name, seconds] =
    /^(PASS|FAIL) (?:\S+ )?(\S+?\.(?:test|spec)\.js)(?: \(([\d.]+) s\))?/.exec(line) ?? [];
  if (verdict === undefined || name === undefined) return [];
  const short = name.replace(/^.*?dist\//, '').replace(/\.js$/, '');
  return [{ name: short, isRight: verdict === 'PASS', seconds: Number(seconds ?? 0) }];
}
