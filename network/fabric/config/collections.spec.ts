import { collectionsConfig, withCommitted } from './collections.js';

const one = {
  name: 'registry',
  members: ['CustomsMSP', 'TaxMSP'],
  requiredPeers: 1,
  maxPeers: 2,
  blockToLive: 0,
  memberOnlyRead: false,
  memberOnlyWrite: true,
};

describe('the collection configuration', () => {
  it('has the form that peer lifecycle reads', () => {
    expect(collectionsConfig([one])).toEqual([
      {
        name: 'registry',
        policy: "OR('CustomsMSP.member', 'TaxMSP.member')",
        requiredPeerCount: 1,
        maxPeerCount: 2,
        blockToLive: 0,
        memberOnlyRead: false,
        memberOnlyWrite: true,
      },
    ]);
  });

  it('carries an endorsement policy only where the description has one', () => {
    const [config] = collectionsConfig([{ ...one, endorsement: "OR('TaxMSP.peer')" }]);
    expect(config).toHaveProperty('endorsementPolicy', { signaturePolicy: "OR('TaxMSP.peer')" });
  });
});

describe('the collections of the next definition', () => {
  const named = (name: string) => ({ ...one, name });
  const registry = named('registry');

  it('are what is wanted, and at the end what was committed before, which Fabric does not give up', () => {
    const committed = [registry, named('party-TaxMSP'), named('party-BankAMSP')];
    const wanted = [{ ...registry, maxPeers: 3 }, named('party-BankAMSP'), named('party-BankCMSP')];
    const next = withCommitted(committed, wanted);
    expect(next).toEqual([...wanted, named('party-TaxMSP')]);
    expect(withCommitted(next, wanted)).toEqual(next);
  });
});
