import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { StackDescription } from '../../stack/description.js';
import { partsOf } from '../cpu.js';

/** Megabytes that the parts of a consortium hold in memory at this moment. */
export interface Memory {
  readonly network: number;
  readonly chaincode: number;
  readonly gateways: number;
}

/** Reads the memory of every process; Linux only. */
export function readMemory(stack: StackDescription): Memory {
  const { orderers, peers, chaincode, gateways } = partsOf(stack);
  const sum = (pids: readonly number[]) => pids.reduce((total, pid) => total + residentMb(pid), 0);
  return { network: sum([...orderers, ...peers]), chaincode: sum(chaincode), gateways: sum(gateways) };
}

/**
 * What a process itself holds in memory, megabytes; Linux only. Files that it has mapped, as LevelDB does with its tables,
 * are left out: the system takes that memory back when somebody needs it.
 */
export function residentMb(pid: number): number {
  const kilobytes = /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes ?? 0) / 1024;
}

/** Megabytes of all files below a folder. */
export function folderMb(folder: string): number {
  let bytes = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    // Of a database that runs a file may be gone by now, merged into another.
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile()) bytes += statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  }
  return bytes / 1024 / 1024;
}
