/** Deeper than anything that is asked for here; what walks a value by recursion stands a multiple of it. */
const mostLevels = 50;

/** Whether lists and objects lie deeper within one another than anybody needs. Does not recurse itself. */
export function isTooDeep(value: unknown, most = mostLevels): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > most) return true;
    level = level
      .flatMap((one) => (typeof one === 'object' && one !== null ? (Object.values(one) as unknown[]) : []))
      .filter(isNested);
  }
  return false;
}

function isNested(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
