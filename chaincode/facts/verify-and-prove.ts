import { fingerprints } from '../ledger/key-ring.js';
import type { Verb } from '../ledger/verb.js';
import { documentKey } from '../rules/document-keys.js';
import { canonicalParty } from '../rules/parties.js';
import { findFact } from './find.js';
import { digest } from '../rules/fingerprints.js';
import { proofOf } from './proofs.js';
import { verifyDocument } from './verify.js';

/** A verification, with a proof of it for who knew the document: a claim that fails tells them what is left. */
export const verifyAndProve: Verb<'verifyDocument'> = async (call, input) => {
  const answer = { ...(await verifyDocument(call, input)), asked: digest(JSON.stringify(input)) };
  if (answer.result !== 'match' && answer.result !== 'cancelled') return answer;
  const keys = await fingerprints(call.work);
  const enterprise = canonicalParty(input.particulars.enterprise, 'particulars.enterprise');
  const head = await findFact(call.work, keys, documentKey(input.document, enterprise, 'document.'));
  return head === undefined ? answer : { ...answer, proof: proofOf(call, keys, head) };
};
