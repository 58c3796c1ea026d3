import { createPrivateKey, sign } from 'node:crypto';
import { readEvidence, signedBytes, type EvidenceContent } from '@pledgeonce/gateway/evidence/bundle.js';
import { EvidenceError } from '@pledgeonce/gateway/evidence/evidence-error.js';
import { organisationOf } from '@pledgeonce/scripts/stack/description.js';
import { readProfile } from './block-reader.js';
import { consortium } from './consortium.js';
import { enrol } from './enrol.js';

/** Any other failure than a refusal of the evidence is passed on. */
export function isRefused(verify: () => unknown): boolean {
  try {
    verify();
    return false;
  } catch (error) {
    if (error instanceof EvidenceError) return true;
    throw error;
  }
}

/** Somebody with a certificate of the channel who signs whatever they like. */
export async function certifiedExporter() {
  const stack = consortium();
  const mspId = 'RegulatorMSP';
  const { organisations } = await readProfile(stack.discovery);
  const organisation = organisations.find((one) => one.mspId === mspId);
  const person = organisationOf(stack, mspId).people.find(({ role }) => role === 'auditor');
  if (organisation === undefined || person === undefined) throw new Error('There is no auditor.');
  const { certificate, key } = await enrol(organisation.ca, person);
  return (text: string, change: (content: EvidenceContent) => EvidenceContent): string => {
    const { signature: _, ...content } = readEvidence(text).evidence;
    const forged = { ...change(content), exporter: { mspId, certificate } };
    const signature = sign('sha256', signedBytes(forged), createPrivateKey(key)).toString('base64');
    return JSON.stringify({ ...forged, signature });
  };
}
