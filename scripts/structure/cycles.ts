import type { Imports } from './read-imports.js';

/** Groups of files that import each other, directly or through others: Tarjan's strongly connected components. */
export function cyclesOf(imports: Imports): string[][] {
  const order = new Map<string, number>();
  const path: string[] = [];
  const open = new Set<string>();
  const cycles: string[][] = [];

  const visit = (file: string): number => {
    const index = order.size;
    order.set(file, index);
    path.push(file);
    open.add(file);
    let low = index;
    for (const other of imports.get(file) ?? []) {
      if (!order.has(other)) low = Math.min(low, visit(other));
      else if (open.has(other)) low = Math.min(low, order.get(other) ?? index);
    }
    if (low === index) {
      const cycle = path.splice(path.indexOf(file));
      for (const one of cycle) open.delete(one);
      if (cycle.length > 1 || imports.get(file)?.includes(file) === true) cycles.push(cycle.sort());
    }
    return low;
  };

  for (const file of imports.keys()) if (!order.has(file)) visit(file);
  return cycles;
}
