/** A failure that a person can do something about: what is wrong, and the command or step that helps. */
export class Failure extends Error {
  override readonly name = 'Failure';

  constructor(
    message: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}

const remedies: ReadonlyMap<string, (message: string) => Failure> = new Map([
  [
    'ENOSPC',
    (message) =>
      new Failure(
        `The disk is full (${message}).`,
        'Free some space, or keep the state elsewhere: --state FOLDER',
      ),
  ],
  [
    'EACCES',
    (message) =>
      new Failure(
        `A file may not be read or written (${message}).`,
        'Check who owns the state folder, or choose another: --state FOLDER',
      ),
  ],
  [
    'EROFS',
    (message) =>
      new Failure(`The disk is read-only (${message}).`, 'Keep the state on another one: --state FOLDER'),
  ],
  [
    'EADDRINUSE',
    (message) =>
      new Failure(
        `A port is taken (${message}).`,
        'Stop the other program, or move these ports: --port-base 7200 --rest-base 4200',
      ),
  ],
]);

/** Turns what the operating system reports into a failure with a remedy; anything else passes unchanged. */
export function explain(error: unknown): unknown {
  if (error instanceof Failure || !(error instanceof Error)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return remedies.get(code ?? '')?.(error.message) ?? error;
}

/** The same for the log of a program that stopped: its last words may contain such a code. */
export function explainLog(program: string, log: string): Failure {
  for (const [code, remedy] of remedies) {
    const line = log.split('\n').findLast((one) => one.includes(code));
    if (line !== undefined) return remedy(line.trim().slice(0, 300));
  }
  return new Failure(
    `${program} stopped unexpectedly.\n${log.trim().split('\n').slice(-15).join('\n')}`,
    'Read the log above: what was kept is still there, and the next start takes it up.',
  );
}

/** Prints a failure for a person and ends the process. */
export function failWith(error: unknown): never {
  const explained = explain(error);
  if (explained instanceof Failure) {
    process.stderr.write(`\n${explained.message}\n${explained.remedy}\n`);
  } else {
    process.stderr.write(
      `\n${explained instanceof Error ? (explained.stack ?? explained.message) : String(explained)}\n`,
    );
  }
  process.exit(1);
}
