import { peer } from '@hyperledger/fabric-protos';
import { governmentMsps } from '@pledgeonce/chaincode/permissions.js';
import { z } from 'zod';
import { contradictionSchema } from '../ledger/answers/contradictions.js';
import { readsOf } from '../ledger/answers/reads-of.js';
import type { ConnectionProfile } from '../ledger/connection-profile.js';
import { CertifiedSigner } from './certified-signer.js';
import { EvidenceError } from './evidence-error.js';
import { authoritiesOf } from './profile-authorities.js';

/** What the signatures prove of nodes that contradicted each other. */
export interface ContradictionReport {
  readonly transactionId: string;
  readonly function: string;
  readonly at: string;
  /** Organisations whose nodes signed one and the same answer. */
  readonly alike: readonly string[];
  /** Organisations whose nodes signed another answer to the same proposal. */
  readonly odd: readonly string[];
  /** Nodes that refused, which bears no signature in Fabric. */
  readonly unsigned: readonly string[];
  /** Whether all read the same versions of the same keys, so that no other height explains the difference. */
  readonly readTheSame: boolean;
}

/** True for the text of what a gateway kept of nodes that contradicted each other. */
export function isContradiction(text: string): boolean {
  try {
    return contradictionSchema.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}

/**
 * Verifies offline that nodes gave different answers to one and the same proposal, and that the answers are theirs.
 *
 * @param profile names the organisations whose root certificates the reader trusts.
 * @throws EvidenceError at the first thing that does not hold.
 */
export function verifyContradiction(
  text: string,
  profile: Pick<ConnectionProfile, 'organisations'>,
): ContradictionReport {
  const parsed = contradictionSchema.safeParse(JSON.parse(text));
  if (!parsed.success) throw new EvidenceError(`The file is no evidence: ${z.prettifyError(parsed.error)}`);
  const { said, odd, transactionId, at, function: name } = parsed.data;
  const authorities = authoritiesOf(profile);
  const answers = said.flatMap((one) => {
    if ('refusal' in one) return [];
    const response = Buffer.from(one.response, 'base64');
    const endorser = Buffer.from(one.endorser, 'base64');
    const node = CertifiedSigner.ofIdentity({ authorities }, endorser);
    const isSigned = node.signed(Buffer.concat([response, endorser]), Buffer.from(one.signature, 'base64'));
    if (!isSigned || !node.has('peer') || node.mspId !== one.mspId) {
      throw new EvidenceError(`The answer is not signed by a node of ${one.mspId}.`);
    }
    return [{ mspId: one.mspId, response }];
  });
  const hashes = answers.map(({ response }) =>
    Buffer.from(peer.ProposalResponsePayload.deserializeBinary(response).getProposalHash_asU8()).toString(
      'hex',
    ),
  );
  if (new Set(hashes).size > 1) throw new EvidenceError('The answers are to different proposals.');
  const [first, ...others] = answers.filter(({ mspId }) => !odd.includes(mspId));
  if (others.some(({ response }) => first?.response.equals(response) !== true)) {
    throw new EvidenceError('Those that are said to agree do not.');
  }
  const apart = answers.filter(({ mspId }) => odd.includes(mspId));
  if (apart.some(({ response }) => first?.response.equals(response) === true)) {
    throw new EvidenceError('The one that is said to differ does not.');
  }
  const alike = answers.filter(({ mspId }) => !odd.includes(mspId)).map(({ mspId }) => mspId);
  // The file says who is odd, so it is believed only where two others of the government have signed against it.
  if (governmentMsps.filter((msp) => alike.includes(msp)).length < 2) {
    throw new EvidenceError('Fewer than two government nodes signed the same answer.');
  }
  if (apart.length === 0) throw new EvidenceError('Nobody signed another answer.');
  return {
    transactionId,
    function: name,
    at,
    alike,
    odd: apart.map(({ mspId }) => mspId),
    unsigned: said.flatMap((one) => ('refusal' in one ? [one.mspId] : [])),
    readTheSame: new Set(answers.map(readsOf)).size === 1,
  };
}
