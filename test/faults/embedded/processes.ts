import { execFileSync } from 'node:child_process';

/** Processes whose parent is this one, with their command lines. */
function childrenOf(parent: number): readonly { readonly pid: number; readonly command: string }[] {
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .flatMap((line) => {
      const [, pid, ppid, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
      return Number(ppid) === parent && command !== undefined ? [{ pid: Number(pid), command }] : [];
    });
}

/** The chaincode servers that the embedded network runs. */
export function chaincodeServers(network: number): readonly number[] {
  return childrenOf(network)
    .filter(({ command }) => command.includes('chaincode-address'))
    .map(({ pid }) => pid);
}

/** The same with the address at which each listens, by their process numbers. */
export function chaincodeAddresses(network: number): ReadonlyMap<number, string> {
  return new Map(
    childrenOf(network).flatMap(({ pid, command }) => {
      const [, address] = /--chaincode-address (\S+)/.exec(command) ?? [];
      return address === undefined ? [] : [[pid, address] as const];
    }),
  );
}
