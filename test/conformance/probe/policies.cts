import { KeyEndorsementPolicy } from 'fabric-shim';

/** Every one of the organisations' peers must endorse; no organisation takes the policy off the key. */
export function policyOf(organisations: readonly string[]): Uint8Array {
  if (organisations.length === 0) return Buffer.alloc(0);
  const policy = new KeyEndorsementPolicy();
  policy.addOrgs('PEER', ...organisations);
  return policy.getPolicy();
}

// The shim's types do not say so, but without a policy it answers `undefined`.
export function organisationsOf(policy: Uint8Array | undefined): string[] {
  return policy === undefined || policy.length === 0
    ? []
    : new KeyEndorsementPolicy(Buffer.from(policy)).listOrgs().sort();
}
