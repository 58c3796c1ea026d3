import type { Surroundings } from '../config/environment.js';
import { membersHere, type FabricNetwork } from '../network.js';
import { type ChaincodeDefinition, runs } from './definition.js';

/** What the generators need to know of every member that runs a chaincode and whose keys are here, in the order of the description. */
export function runnersOf(
  network: FabricNetwork,
  deployment: Pick<ChaincodeDefinition, 'runBy'>,
): Surroundings[] {
  return membersHere(network).filter(({ member }) => runs(member.organisation, deployment));
}
