import { existsSync } from 'node:fs';
import type { Organisation } from '../../consortium.js';
import type { FabricNetwork } from '../network.js';
import { orderingMembers } from '../topology.js';
import { configtx } from './configtx.js';
import { KEYS_MS, testNetworks } from '../testing/networks.js';

interface Generated {
  readonly Profiles: {
    readonly Consortium: {
      readonly Capabilities: Record<string, boolean>;
      readonly Policies: Record<string, { Type: string; Rule: string }>;
      readonly Orderer: {
        OrdererType: string;
        BatchSize: { MaxMessageCount: number; AbsoluteMaxBytes: number };
        Policies: Record<string, { Type: string; Rule: string }>;
        SmartBFT: { RequestBatchMaxInterval: string };
        ConsenterMapping: {
          ID: number;
          Host: string;
          Port: number;
          MSPID: string;
          Identity: string;
          ServerTLSCert: string;
        }[];
        Organizations: { ID: string; OrdererEndpoints: string[] }[];
      };
      readonly Application: {
        ACLs: Record<string, string>;
        Organizations: {
          ID: string;
          AnchorPeers?: { Host: string; Port: number }[];
          Policies: Record<string, { Rule: string }>;
        }[];
        Policies: Record<string, { Type: string; Rule: string }>;
      };
    };
  };
}

describe('configtx.yaml', () => {
  let native: FabricNetwork;
  let docker: FabricNetwork;
  beforeAll(async () => {
    ({ native, docker } = await testNetworks());
  }, KEYS_MS);

  const generate = (network: FabricNetwork) => configtx(network) as Generated;

  it('orders by SmartBFT with the four organisations that run an orderer', () => {
    const { Orderer, Capabilities } = generate(native).Profiles.Consortium;
    expect(Orderer.OrdererType).toBe('BFT');
    expect(Capabilities).toEqual({ V3_0: true });
    expect(Orderer.ConsenterMapping.map(({ ID, MSPID }) => [ID, MSPID])).toEqual([
      [1, 'CustomsMSP'],
      [2, 'TaxMSP'],
      [3, 'RegulatorMSP'],
      [4, 'BankAMSP'],
    ]);
    expect(Orderer.Organizations.map(({ ID }) => ID)).toEqual(
      Orderer.ConsenterMapping.map(({ MSPID }) => MSPID),
    );
  });

  it('names certificates that are there', () => {
    for (const { Identity, ServerTLSCert } of generate(native).Profiles.Consortium.Orderer.ConsenterMapping) {
      expect([existsSync(Identity), existsSync(ServerTLSCert)]).toEqual([true, true]);
    }
  });

  it('cuts blocks as the description says', () => {
    const { blocks } = native.consortium;
    const { Orderer } = generate(native).Profiles.Consortium;
    expect(Orderer.BatchSize.MaxMessageCount).toBe(blocks.maxMessages);
    expect(Orderer.SmartBFT.RequestBatchMaxInterval).toBe(`${blocks.timeoutMs}ms`);
  });

  it('gives every organisation an anchor peer, since private data crosses organisations', () => {
    const { Organizations } = generate(native).Profiles.Consortium.Application;
    expect(Organizations.map(({ ID }) => ID)).toEqual(native.consortium.organisations.map(({ msp }) => msp));
    expect(Organizations[0]?.AnchorPeers).toEqual([{ Host: 'localhost', Port: 20010 }]);
  });

  it('lets peers endorse, administrators of an organisation administer it, and two of three the channel', () => {
    const { Profiles } = generate(native);
    const { Organizations } = Profiles.Consortium.Application;
    expect(Organizations[0]?.Policies['Endorsement']?.Rule).toBe("OR('CustomsMSP.peer')");
    expect(Organizations[0]?.Policies['Admins']?.Rule).toBe("OR('CustomsMSP.admin')");
    const { Policies, Orderer, Application } = Profiles.Consortium;
    const twoOf = (role: string) =>
      `OutOf(2, ${['Customs', 'Tax', 'Regulator'].map((name) => `'${name}MSP.${role}'`).join(', ')})`;
    for (const { Admins } of [Policies, Orderer.Policies, Application.Policies]) {
      expect(Admins?.Rule).toBe(twoOf('admin'));
    }
    expect(Application.Policies['Endorsement']?.Rule).toBe(twoOf('peer'));
    expect(Application.Policies['LifecycleEndorsement']?.Rule).toBe(twoOf('peer'));
  });

  it('leaves the channel to the majority where the description names nobody', () => {
    const { administration: _, ...consortium } = native.consortium;
    const { Application } = generate({ ...native, consortium }).Profiles.Consortium;
    expect(Application.Policies['Admins']?.Rule).toBe('MAJORITY Admins');
    expect(Application.Policies['LifecycleEndorsement']?.Rule).toBe('MAJORITY Endorsement');
  });

  it('verifies once who reads and writes, whatever number of organisations there is', () => {
    const { Policies, Orderer, Application } = generate(native).Profiles.Consortium;
    for (const { Readers, Writers } of [Policies, Orderer.Policies, Application.Policies]) {
      expect(Readers).toMatchObject({ Type: 'Signature' });
      expect(Readers?.Rule).toMatch(/^OR\('CustomsMSP.member', .*'EnterpriseMSP.member'\)$/);
      expect(Writers).toMatchObject({ Type: 'Signature' });
    }
  });

  it('has one organisation for all members without a node, which those who govern administer', () => {
    const bank = { ...native.consortium.organisations[6], name: 'bank-c', msp: 'BankCMSP', node: false };
    const organisations = [...native.consortium.organisations, bank as Organisation];
    const { Application } = generate({ ...native, consortium: { ...native.consortium, organisations } })
      .Profiles.Consortium;
    const before = generate(native).Profiles.Consortium.Application.Organizations.map(({ ID }) => ID);
    expect(Application.Organizations.map(({ ID }) => ID)).toEqual([...before, 'MembersMSP']);
    const shared = Application.Organizations.at(-1);
    expect(shared?.AnchorPeers).toBeUndefined();
    expect(shared?.Policies['Admins']?.Rule).toBe(native.consortium.administration);
    expect(shared?.Policies['Writers']?.Rule).toBe("OR('MembersMSP.client')");
    expect(Application.Policies['Writers']?.Rule).toContain("'MembersMSP.client'");
    expect(Application.Policies['Readers']?.Rule).not.toContain('BankCMSP');
  });

  it('takes no envelope that is larger than what is needed', () => {
    const { Orderer } = generate(native).Profiles.Consortium;
    expect(Orderer.BatchSize.AbsoluteMaxBytes).toBe(native.consortium.blocks.maxTransactionBytes);
  });

  it('keeps whole blocks, with which private data comes, for the members of every collection', () => {
    const { ACLs, Policies } = generate(native).Profiles.Consortium.Application;
    expect(ACLs).toEqual({ 'event/Block': '/Channel/Application/BlockEvents' });
    expect(Policies['BlockEvents']?.Rule).toBe(
      "OR('CustomsMSP.client', 'TaxMSP.client', 'RegulatorMSP.client')",
    );
  });

  it('names containers by their host names', () => {
    const { Orderer } = generate(docker).Profiles.Consortium;
    expect(Orderer.ConsenterMapping[0]).toMatchObject({
      Host: 'orderer.customs.pledgeonce.example',
      Port: 20013,
    });
    expect(Orderer.Organizations[0]?.OrdererEndpoints).toEqual(['door.customs.pledgeonce.example:20019']);
  });

  it('leads clients to the door before an orderer, and orderers to each other', () => {
    const { Orderer } = generate(native).Profiles.Consortium;
    expect(Orderer.ConsenterMapping[0]).toMatchObject({ Host: 'localhost', Port: 20013 });
    expect(Orderer.Organizations[0]?.OrdererEndpoints).toEqual(['localhost:20019']);
  });

  it('refuses fewer than four orderers', () => {
    const organisations = native.consortium.organisations.map((one) => ({ ...one, orderer: one.government }));
    expect(() => orderingMembers({ ...native.consortium, organisations })).toThrow('four organisations');
  });
});
