import { tlsRootFile } from '../config/public-msps.js';
import { publicFile, type FabricNetwork } from '../network.js';
import { ProgramFailed } from '../native/run-program.js';
import { orderingMembers, type Member } from '../topology.js';

/** What `peer` says when it has not reached the orderer; nothing has been sent then, so another may be asked. */
const UNREACHED =
  /failed to connect to|failed to create new connection|connection refused|error connecting to/i;

/**
 * Runs a command of `peer` that needs an orderer. Any of them will do, so they are tried in turn until one is reached:
 * with one of four down, administration goes on as ordering does.
 *
 * @param run - is given the flags by which `peer` finds the orderer.
 * @param except - the MSP of one that is not asked: an orderer that is about to join.
 * @throws ProgramFailed when the command fails at an orderer that was reached, or none is reached.
 */
export async function atAnOrderer<T>(
  network: FabricNetwork,
  run: (flags: readonly string[]) => Promise<T>,
  except?: string,
): Promise<T> {
  let failure: unknown = new Error('The consortium has no orderer.');
  for (const member of ownFirst(network).filter(({ organisation: { msp } }) => msp !== except)) {
    try {
      return await run(flagsOf(network, member));
    } catch (error) {
      if (!(error instanceof ProgramFailed) || !UNREACHED.test(error.output)) throw error;
      failure = error;
    }
  }
  throw failure;
}

/** One's own orderer is nearer, and the description's order is as good as any. */
function ownFirst({ consortium, materials }: FabricNetwork): Member[] {
  const isOwn = ({ organisation: { name } }: Member) => materials.has(name);
  const all = orderingMembers(consortium);
  return [...all.filter(isOwn), ...all.filter((member) => !isOwn(member))];
}

/** Its operator asks an orderer itself; whoever else does, goes through the door before it. */
function flagsOf(network: FabricNetwork, member: Member): readonly string[] {
  const { name, msp } = member.organisation;
  const address = network.materials.has(name)
    ? network.site.address(member, 'orderer')
    : (publicFile(network, member).endpoints.ordering ?? '');
  return ['-o', address, '--tls', '--cafile', tlsRootFile(network.layout, msp)];
}
