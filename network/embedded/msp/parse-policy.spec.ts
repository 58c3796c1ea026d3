import { common, msp, peer } from '@hyperledger/fabric-protos';
import { applicationPolicy, parsePolicy, PolicySyntaxError } from './parse-policy.js';

/** The policy in a form that is easy to compare. */
function show(envelope: common.SignaturePolicyEnvelope): string {
  const names = envelope.getIdentitiesList().map((principal) => {
    const role = msp.MSPRole.deserializeBinary(principal.getPrincipal_asU8());
    return `${role.getMspIdentifier()}.${String(role.getRole())}`;
  });
  const rule = (policy?: common.SignaturePolicy): string => {
    const nOutOf = policy?.getNOutOf();
    if (nOutOf === undefined) return names[policy?.getSignedBy() ?? -1] ?? '?';
    return `${nOutOf.getN()}[${nOutOf.getRulesList().map(rule).join(' ')}]`;
  };
  return rule(envelope.getRule());
}

describe('parsePolicy', () => {
  it.each([
    [`OutOf(2, 'A.peer', 'B.peer', 'C.peer')`, '2[A.3 B.3 C.3]'],
    [`AND('A.member', 'B.admin')`, '2[A.0 B.1]'],
    [`or("A.client",'A.orderer')`, '1[A.2 A.4]'],
    [
      `And('Org-1.msp.peer', Or('B.peer', outof('1', 'C.peer', 'C.peer')))`,
      '2[Org-1.msp.3 1[B.3 1[C.3 C.3]]]',
    ],
    [`OutOf(3, 'A.peer', 'B.peer')`, '3[A.3 B.3]'],
    [`OutOf(0, 'A.peer')`, '0[A.3]'],
  ])('reads %s', (text, expected) => {
    expect(show(parsePolicy(text))).toBe(expected);
  });

  it.each([
    '',
    `'A.peer'`,
    'A.peer',
    `AND()`,
    `XOR('A.peer')`,
    `aNd('A.peer')`,
    `AND('A.king')`,
    `AND('A')`,
    `AND('A.peer'`,
    `AND('A.peer'))`,
    `AND('A.peer',)`,
    `OutOf('A.peer')`,
    `OutOf(4, 'A.peer', 'B.peer')`,
    `OutOf(-1, 'A.peer')`,
    `OutOf(1.5, 'A.peer')`,
    `AND('A.peer'; 'B.peer')`,
  ])('refuses %s', (text) => {
    expect(() => parsePolicy(text)).toThrow(PolicySyntaxError);
  });

  it('gives the bytes that definitions carry', () => {
    const bytes = applicationPolicy(parsePolicy(`AND('A.peer')`));
    const policy = peer.ApplicationPolicy.deserializeBinary(bytes).getSignaturePolicy();
    expect(policy && show(policy)).toBe('1[A.3]');
  });
});
