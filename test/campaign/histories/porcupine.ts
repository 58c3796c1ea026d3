import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { projectRoot } from '@pledgeonce/scripts/stack/options.js';
import type { History, Operation } from './operation.js';

const source = join(projectRoot, 'test/campaign/histories/porcupine');

/** Why Porcupine cannot be asked here; undefined where it can. */
export function whyNoPorcupine(): string | undefined {
  try {
    execFileSync('go', ['version'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'Porcupine needs Go: put the program go on PATH.';
  }
}

/**
 * Asks Porcupine, a checker that is not ours, about each history.
 *
 * @param folder where its program is built.
 * @returns the documents whose history no order explains, or about which it came to no end.
 * @throws Error when the program cannot be built or ends early.
 */
export async function askPorcupine(
  histories: readonly History[],
  folder: string,
): Promise<readonly string[]> {
  const program = join(folder, 'porcupine');
  execFileSync('go', ['build', '-o', program, '.'], { cwd: source, stdio: 'pipe' });
  const child = spawn(program, { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(histories.map((history) => `${JSON.stringify(forPorcupine(history))}\n`).join(''));
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const [said, [code]] = await Promise.all([text(child.stdout), exited]);
  const verdicts = said.split('\n').filter((line) => line !== '');
  if (code !== 0 || verdicts.length !== histories.length)
    throw new Error(`Porcupine judged ${verdicts.length} of ${histories.length} histories.`);
  return verdicts.filter((line) => !line.endsWith(' Ok'));
}

/** Its program reads whole numbers: minor units, which are far below what a number holds exactly, and microseconds. */
function forPorcupine({ document, total, operations }: History): object {
  return { document, total: Number(total), operations: operations.map(operationFor) };
}

function operationFor({ client, asked, told, from, until }: Operation): object {
  return {
    client,
    kind: asked.kind,
    amount: asked.kind === 'read' ? 0 : Number(asked.amount),
    told: typeof told === 'bigint' ? 'read' : told,
    left: typeof told === 'bigint' ? Number(told) : 0,
    from: Math.round(from * 1000),
    until: Math.round(until * 1000),
  };
}
