import type { Recipe } from './recipe.js';

/** An inspection is changed only where customs and the regulator both sign; one other node is not enough. */
export const endorsementPolicy: Recipe = {
  heading: 'An endorsement policy',
  steps: [
    {
      file: 'chaincode/ledger/endorsement.ts',
      before: 'function peerOf(',
      add: `/** Key-level policy that asks for the peers of all of these organisations. */
export function jointPolicy(...mspIds: readonly string[]): Uint8Array {
  const policy = new common.SignaturePolicyEnvelope();
  policy.setIdentitiesList(mspIds.map(peerOf));
  policy.setRule(
    outOf(
      mspIds.length,
      mspIds.map((_, index) => signedBy(index)),
    ),
  );
  return policy.serializeBinary();
}

`,
    },
    {
      file: 'chaincode/ledger/endorsement.spec.ts',
      instead: "import { authorityPolicy } from './endorsement.js';\n",
      put: "import { authorityPolicy, jointPolicy } from './endorsement.js';\n",
    },
    {
      file: 'chaincode/ledger/endorsement.spec.ts',
      before: "  it('is left to the chaincode for everybody else'",
      add: `  it('asks for everybody who is named', () => {
    const policy = common.SignaturePolicyEnvelope.deserializeBinary(jointPolicy('CustomsMSP', 'RegulatorMSP'));
    const all = policy.getRule()?.getNOutOf();
    expect(policy.getIdentitiesList()).toHaveLength(2);
    expect([all?.getN(), all?.getRulesList().map((rule) => rule.getSignedBy())]).toEqual([2, [0, 1]]);
  });

`,
    },
    {
      file: 'chaincode/facts/write.ts',
      instead: "import { authorityPolicy } from '../ledger/endorsement.js';\n",
      put: "import { authorityPolicy, jointPolicy } from '../ledger/endorsement.js';\n",
    },
    {
      file: 'chaincode/facts/write.ts',
      instead: ' : authorityPolicy(authority);\n',
      put: ' : policyOf(head);\n',
    },
    {
      file: 'chaincode/facts/write.ts',
      before: '/**\n * Writes the head, the version',
      add: `function policyOf({ type, authority }: FactHead): Uint8Array | undefined {
  return type === 'inspection-certificate'
    ? jointPolicy(authority, 'RegulatorMSP')
    : authorityPolicy(authority);
}

`,
    },
    {
      file: 'docs/threat-model.md',
      before: '**A set of banks together**',
      add: '**Customs and tax together**: cannot change an inspection: the regulator signs that too.\n\n',
    },
  ],
};
