import { collectionsConfig } from './collections.js';

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
