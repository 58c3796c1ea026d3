import { common, msp } from '@hyperledger/fabric-protos';
import { governmentMsps } from '../roles.js';

/**
 * Key-level policy of a government authority's fact: its own peer and the peer of one other government node. The
 * shim's own builder can only ask for all of a list.
 *
 * @returns undefined for the facts of other organisations: the chaincode's policy holds for them.
 */
export function authorityPolicy(mspId: string): Uint8Array | undefined {
  const others = governmentMsps.filter((one) => one !== mspId);
  if (others.length === governmentMsps.length) return undefined;
  const oneOther = outOf(1, [signedBy(1), signedBy(2)]);
  const policy = new common.SignaturePolicyEnvelope();
  policy.setIdentitiesList([mspId, ...others].map(peerOf));
  policy.setRule(outOf(2, [signedBy(0), oneOther]));
  return policy.serializeBinary();
}

function peerOf(mspId: string): msp.MSPPrincipal {
  const role = new msp.MSPRole();
  role.setMspIdentifier(mspId);
  role.setRole(msp.MSPRole.MSPRoleType.PEER);
  const principal = new msp.MSPPrincipal();
  principal.setPrincipalClassification(msp.MSPPrincipal.Classification.ROLE);
  principal.setPrincipal(role.serializeBinary());
  return principal;
}

function signedBy(identity: number): common.SignaturePolicy {
  const rule = new common.SignaturePolicy();
  rule.setSignedBy(identity);
  return rule;
}

function outOf(count: number, rules: common.SignaturePolicy[]): common.SignaturePolicy {
  const choice = new common.SignaturePolicy.NOutOf();
  choice.setN(count);
  choice.setRulesList(rules);
  const rule = new common.SignaturePolicy();
  rule.setNOutOf(choice);
  return rule;
}
