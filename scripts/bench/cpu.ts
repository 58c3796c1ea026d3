import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { StackDescription } from '../stack/description.js';

/** CPU seconds that the parts of a consortium have used since they started. */
export interface CpuSeconds {
  readonly network: number;
  readonly chaincode: number;
  readonly gateways: number;
  /** This process, which makes the load. */
  readonly load: number;
}

interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** Reads what every process of the consortium has used; programs of a Fabric network are found below its folder. */
export function readCpu({ processes, state }: StackDescription): CpuSeconds {
  const rows = listProcesses();
  const isChaincode = ({ command }: ProcessRow) => command.includes('chaincode-address');
  const below = rows.filter(
    ({ pid, parent, command }) =>
      pid === processes.network ||
      (processes.network !== undefined && parent === processes.network) ||
      (processes.network === undefined && command.includes(state)),
  );
  const gateways = new Set(processes.gateways);
  const network = below.filter(
    (row) => !isChaincode(row) && !gateways.has(row.pid) && row.pid !== process.pid,
  );
  const own = process.cpuUsage();
  return {
    network: sum(network.map(({ pid }) => pid)),
    chaincode: sum(below.filter(isChaincode).map(({ pid }) => pid)),
    gateways: sum(processes.gateways),
    load: (own.user + own.system) / 1e6,
  };
}

function listProcesses(): readonly ProcessRow[] {
  return execFileSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .flatMap((line) => {
      const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
      return command === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
    });
}

function sum(pids: readonly number[]): number {
  return pids.reduce((total, pid) => total + cpuSecondsOf(pid), 0);
}

/** Linux counts in hundredths of a second; elsewhere `ps` knows whole seconds. */
function cpuSecondsOf(pid: number): number {
  if (process.platform !== 'linux') {
    const text = execFileSync('ps', ['-o', 'time=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return text.split(/[:-]/).reduce((total, part) => total * 60 + Number(part), 0);
  }
  // The command, in parentheses, may itself contain blanks: count from behind it.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
