import type { Imports } from './read-imports.js';

const guard = 'chaincode/bounded-messages.ts';
const isShipped = (file: string) =>
  /^(network|gateway|scripts)\//.test(file) && !/\.spec\.ts$|(^|\/)testing\/|^scripts\/bench\//.test(file);

/**
 * Programs that read protobuf messages without the bounds that the library leaves out.
 *
 * @param isReader whether a file reads such messages.
 * @returns sentences: what is wrong.
 */
export function unguardedPrograms(imports: Imports, isReader: (file: string) => boolean): string[] {
  const imported = new Set([...imports.values()].flat());
  const programs = [...imports.keys()].filter((file) => isShipped(file) && !imported.has(file));
  return programs.flatMap((program) => {
    const reached = reachedFrom(program, imports);
    return [...reached].some(isReader) && !reached.has(guard)
      ? [`${program} reads messages of others, and nothing that it imports imports ${guard}`]
      : [];
  });
}

function reachedFrom(program: string, imports: Imports): ReadonlySet<string> {
  const reached = new Set([program]);
  // A set that grows is walked to its new end.
  for (const file of reached) for (const target of imports.get(file) ?? []) reached.add(target);
  return reached;
}
