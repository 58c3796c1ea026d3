import type { Surroundings } from '../config/environment.js';
import { membersHere, type FabricNetwork } from '../network.js';
import type { ChannelChange } from './config.js';
import { proposeChange, signProposal, submitProposal } from './proposal.js';

/**
 * Changes the channel where the keys of all who have to sign are in one folder: proposed by the first of them, signed by
 * each of the others in turn, and handed in by the first.
 *
 * @returns whether there was a difference; without one nothing is submitted.
 * @throws ProgramFailed when the signatures do not satisfy the policies of what is changed.
 */
export async function updateChannel(
  network: FabricNetwork,
  signers: readonly Surroundings[],
  change: ChannelChange,
): Promise<boolean> {
  const [submitter, ...others] = signers;
  if (!submitter) throw new Error('Nobody signs the change of the channel.');
  let proposal = await proposeChange(network, submitter, change);
  if (proposal === undefined) return false;
  for (const signer of others) proposal = await signProposal(signer, proposal);
  await submitProposal(network, submitter, proposal);
  return true;
}

/** As many of them as the channel's policy `Admins` asks for. */
export function majorityOf<T>(members: readonly T[]): readonly T[] {
  return members.slice(0, Math.floor(members.length / 2) + 1);
}

/**
 * Administrators of the government: the majority of them, as the description's administration asks for.
 *
 * @throws NotHere when their keys are elsewhere, as between organisations.
 */
export function governorsOf(network: FabricNetwork): readonly Surroundings[] {
  const all = network.consortium.organisations.filter(({ government }) => government);
  const here = membersHere(network).filter(({ member }) => member.organisation.government);
  const needed = majorityOf(all).length;
  if (here.length < needed) throw new NotHere(needed);
  return here.slice(0, needed);
}

/** A change takes signatures for which the keys are not in this folder. */
export class NotHere extends Error {
  override readonly name = 'NotHere';

  constructor(needed: number) {
    super(
      `It takes the signatures of ${needed} administrators of the government, whose keys are not here: ` +
        'have it proposed (npm run network -- propose --help).',
    );
  }
}
