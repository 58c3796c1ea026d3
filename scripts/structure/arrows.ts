import { exceptions, floors } from './floors.js';
import type { Imports } from './read-imports.js';

/** Specs and what helps them look at everything. */
const isTest = /\.spec\.ts$|(^|\/)testing\/|^test\//;
/** A benchmark plays on the ledger and the network of the specs, and is shipped to nobody. */
const isMeasurement = /^scripts\/bench\//;

/**
 * Sources that import what only specs may: the package that organisations approve leaves it out, and so do the images.
 *
 * @returns sentences: what is wrong.
 */
export function testsShipped(imports: Imports): string[] {
  return [...imports].flatMap(([file, targets]) =>
    !isTest.test(file) && !isMeasurement.test(file)
      ? targets.filter((target) => isTest.test(target)).map((target) => `${file} imports ${target}, a test's`)
      : [],
  );
}

/** One floor each, whatever folders their files lie in. */
const shared: ReadonlySet<string | undefined> = new Set(['surface', 'rules', 'records']);

/**
 * Imports within `chaincode/` that run up, or across, its floors without being an exception.
 *
 * @returns sentences: what is wrong.
 */
export function arrowsUp(imports: Imports): string[] {
  const used = new Set<string>();
  const wrong: string[] = [];
  for (const [file, targets] of inChaincode(imports)) {
    const floor = floorOf(file);
    if (floor === undefined) {
      wrong.push(`chaincode/${file} stands on no floor: add its folder to scripts/structure/floors.ts`);
      continue;
    }
    for (const target of targets) {
      const below = floorOf(target);
      if (below === undefined || isAllowed(file, floor, target, below)) continue;
      const exception = exceptions.find(({ from, to }) => from === folderOf(file) && to.test(target));
      if (exception === undefined) {
        wrong.push(`chaincode/${file} imports ${target}, which stands on the same floor or above it`);
      } else used.add(exception.reason);
    }
  }
  const unused = exceptions.filter(({ reason }) => !used.has(reason));
  return [
    ...wrong,
    ...unused.map(({ from, to }) => `no import from ${from} needs the exception ${to.source}`),
  ];
}

function* inChaincode(imports: Imports): Generator<[file: string, targets: string[]]> {
  const inside = 'chaincode/';
  for (const [file, targets] of imports) {
    if (!file.startsWith(inside) || isTest.test(file)) continue;
    const own = targets.filter((target) => target.startsWith(inside));
    yield [file.slice(inside.length), own.map((target) => target.slice(inside.length))];
  }
}

function floorOf(file: string): number | undefined {
  const index = floors.findIndex(({ files }) => files.test(file));
  return index < 0 ? undefined : index;
}

/** Down, within one folder, or within a floor that no folder divides. */
function isAllowed(file: string, floor: number, target: string, below: number): boolean {
  if (below < floor || folderOf(file) === folderOf(target)) return true;
  return below === floor && shared.has(floors[floor]?.name);
}

function folderOf(file: string): string {
  return file.includes('/') ? file.slice(0, file.indexOf('/')) : '';
}
