import { ordererOf, type Surroundings } from '../config/environment.js';
import { everyMember, type FabricNetwork } from '../network.js';
import { ProgramFailed } from '../native/run-program.js';

/** What `peer` says when it has not reached the orderer; nothing has been sent then, so another may be asked. */
const UNREACHED =
  /failed to connect to|failed to create new connection|connection refused|error connecting to/i;

/**
 * Runs a command of `peer` that needs an orderer. Any of them will do, so they are tried in turn until one is reached:
 * with one of four down, administration goes on as ordering does.
 *
 * @param run - is given the flags by which `peer` finds the orderer.
 * @throws ProgramFailed when the command fails at an orderer that was reached, or none is reached.
 */
export async function atAnOrderer<T>(
  network: FabricNetwork,
  run: (flags: readonly string[]) => Promise<T>,
): Promise<T> {
  let failure: unknown = new Error('The consortium has no orderer.');
  for (const around of everyMember(network)) {
    if (!around.member.organisation.orderer) continue;
    try {
      return await run(flagsOf(around));
    } catch (error) {
      if (!(error instanceof ProgramFailed) || !UNREACHED.test(error.output)) throw error;
      failure = error;
    }
  }
  throw failure;
}

function flagsOf({ site, member, material }: Surroundings): readonly string[] {
  return ['-o', site.address(member, 'orderer'), '--tls', '--cafile', ordererOf(material).tls.caFile];
}
