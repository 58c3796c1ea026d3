import { common } from '@hyperledger/fabric-protos';
import { authorityPolicy } from './endorsement.js';

describe('the key-level policy', () => {
  it('asks for the authority and one other government node', () => {
    const policy = common.SignaturePolicyEnvelope.deserializeBinary(
      authorityPolicy('TaxMSP') ?? new Uint8Array(),
    );
    const principals = policy
      .getIdentitiesList()
      .map((one) => Buffer.from(one.getPrincipal_asU8()).toString());
    expect(principals.map((text) => /[A-Z][a-z]+MSP/.exec(text)?.[0])).toEqual([
      'TaxMSP',
      'CustomsMSP',
      'RegulatorMSP',
    ]);
    const both = policy.getRule()?.getNOutOf();
    const [own, other] = both?.getRulesList() ?? [];
    expect([both?.getN(), own?.getSignedBy(), other?.getNOutOf()?.getN()]).toEqual([2, 0, 1]);
    expect(
      other
        ?.getNOutOf()
        ?.getRulesList()
        .map((rule) => rule.getSignedBy()),
    ).toEqual([1, 2]);
  });

  it('is left to the chaincode for everybody else', () => {
    expect(authorityPolicy('EnterpriseMSP')).toBeUndefined();
  });
});
