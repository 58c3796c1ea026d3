import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { runningProcesses } from '@pledgeonce/network/fabric/native/processes.js';
import type { StackDescription } from '../stack/description.js';
import { pathsOf } from '../stack/options.js';

/** CPU seconds that the parts of a consortium have used since they started. */
export interface CpuSeconds {
  readonly orderers: number;
  readonly peers: number;
  readonly chaincode: number;
  readonly gateways: number;
  /** This process, which makes the load. */
  readonly load: number;
}

/** The processes of each part; the embedded network is peers, orderer and certificate authorities in one. */
export interface Parts {
  readonly orderers: readonly number[];
  readonly peers: readonly number[];
  readonly chaincode: readonly number[];
  readonly gateways: readonly number[];
}

/** Reads what every process of the consortium has used. */
export function readCpu(stack: StackDescription): CpuSeconds {
  const { orderers, peers, chaincode, gateways } = partsOf(stack);
  const own = process.cpuUsage();
  return {
    orderers: cpuOf(orderers),
    peers: cpuOf(peers),
    chaincode: cpuOf(chaincode),
    gateways: cpuOf(gateways),
    load: (own.user + own.system) / 1e6,
  };
}

/** What was used between two readings. */
export function cpuBetween(before: CpuSeconds, after: CpuSeconds): CpuSeconds {
  return {
    orderers: after.orderers - before.orderers,
    peers: after.peers - before.peers,
    chaincode: after.chaincode - before.chaincode,
    gateways: after.gateways - before.gateways,
    load: after.load - before.load,
  };
}

/** Which processes make up a running consortium. */
export function partsOf(stack: StackDescription): Parts {
  return stack.network === 'fabric' ? fabricParts(stack) : embeddedParts(stack);
}

function fabricParts({ state, network: on, processes: { gateways } }: StackDescription): Parts {
  const running = runningProcesses(pathsOf({ state, on }).network);
  const pids = (kind: string) =>
    running.filter(({ name }) => name.startsWith(`${kind}.`)).map(({ pid }) => pid);
  return { orderers: pids('orderer'), peers: pids('peer'), chaincode: pids('chaincode'), gateways };
}

/** The network's children are its chaincode servers. */
function embeddedParts({ processes: { network, gateways } }: StackDescription): Parts {
  if (network === undefined) throw new Error('The embedded network does not run.');
  return { orderers: [], peers: [network], chaincode: childrenOf(network), gateways };
}

/** The processes that another one has started and that still run. */
export function childrenOf(parent: number): readonly number[] {
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([pid, ppid]) => (ppid === parent && pid !== undefined ? [pid] : []));
}

/** CPU seconds that these processes have used since they started. */
export function cpuOf(pids: readonly number[]): number {
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
