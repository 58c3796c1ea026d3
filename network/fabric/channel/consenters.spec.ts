import { organisationLine } from '../../consortium.js';
import { addConsenter, consentersOf, removeConsenter } from './consenters.js';
import { copyOrganisation } from './changes.js';
import type { ChannelGroup, ConfigGroup } from './config.js';

const group = (name: string): ConfigGroup => ({
  groups: {},
  values: { MSP: { value: name }, Endpoints: { value: `${name} orders` } },
  policies: {},
});

/** A channel in which these order, with the numbers from one on, and these are members. */
function channel(ordering: readonly string[], members: readonly string[], port = 7000): ChannelGroup {
  const consenters = ordering.map((msp, index) => ({
    ...{ id: index + 1, msp_id: msp, identity: `certificate of ${msp}` },
    ...{ host: 'localhost', port: port + index },
  }));
  const named = (names: readonly string[], source: string) =>
    Object.fromEntries(names.map((name) => [name, group(`${name}, ${source}`)]));
  return {
    groups: {
      Application: { groups: named(members, 'the channel'), values: {}, policies: {} },
      Orderer: {
        groups: named(ordering, 'the description'),
        values: { Orderers: { value: { consenter_mapping: consenters } } },
        policies: {
          BlockValidation: {
            policy: {
              type: 1,
              value: { version: 0, identities: ordering.map((msp) => ({ principal: { id_bytes: msp } })) },
            },
            version: '3',
          },
        },
      },
    },
    values: {},
    policies: {},
  };
}

const four = ['AMSP', 'BMSP', 'CMSP', 'DMSP'];
const five = [...four, 'BankBMSP'];
const numbers = (now: ChannelGroup) => consentersOf(now).map(({ id, msp_id }) => `${msp_id} ${id}`);
const ruleOf = (now: ChannelGroup) => now.groups.Orderer.policies['BlockValidation'];

describe('who orders', () => {
  it('takes in another, under a number of its own and with the MSP that the channel knows', () => {
    const now = channel(four, five);
    addConsenter('BankBMSP')(now, channel(five, five));
    expect(numbers(now)).toEqual(['AMSP 1', 'BMSP 2', 'CMSP 3', 'DMSP 4', 'BankBMSP 5']);
    expect(now.groups.Orderer.groups['BankBMSP']?.values['MSP']?.value).toBe('BankBMSP, the channel');
    expect(now.groups.Orderer.groups['BankBMSP']?.values['Endpoints']?.value).toBe(
      'BankBMSP, the description orders',
    );
    expect(ruleOf(now)).toEqual({
      version: '3',
      policy: {
        type: 1,
        value: {
          version: 0,
          identities: five.map((msp) => ({
            principal: {
              id_bytes: `certificate of ${msp}`,
              mspid: msp,
            },
            principal_classification: 'IDENTITY',
          })),
          rule: { n_out_of: { n: 4, rules: [0, 1, 2, 3, 4].map((index) => ({ signed_by: index })) } },
        },
      },
    });
    const before = JSON.stringify(now);
    addConsenter('BankBMSP')(now, channel(five, five));
    expect(JSON.stringify(now)).toBe(before);
  });

  it('lets one go, whose place and group are gone, and the others keep their numbers', () => {
    const now = channel(five, five);
    removeConsenter('BMSP')(now, channel(five, five));
    expect(numbers(now)).toEqual(['AMSP 1', 'CMSP 3', 'DMSP 4', 'BankBMSP 5']);
    expect(Object.keys(now.groups.Orderer.groups)).toEqual(['AMSP', 'CMSP', 'DMSP', 'BankBMSP']);
    expect(Object.keys(now.groups.Application.groups)).toEqual(five);
    expect(ruleOf(now)).toMatchObject({ policy: { value: { rule: { n_out_of: { n: 3 } } } } });
  });

  it('never has fewer than four, nor one that is not in the channel or shows no orderer', () => {
    const now = channel(four, four);
    const before = JSON.stringify(now);
    expect(() => {
      removeConsenter('AMSP')(now, now);
    }).toThrow(/add another first/);
    expect(() => {
      addConsenter('BankBMSP')(now, channel(five, five));
    }).toThrow(/BankBMSP is not in the channel/);
    expect(() => {
      addConsenter('BankBMSP')(now, channel(four, five));
    }).toThrow(/BankBMSP has not shown its orderer/);
    removeConsenter('BankCMSP')(now, now);
    expect(JSON.stringify(now)).toBe(before);
  });

  it('is called under a new number where it has moved, and under its own where only its certificates are new', () => {
    const line = { name: 'b', msp: 'BMSP', title: 'B', kind: 'tax', government: true, orderer: true };
    const tax = organisationLine.parse(line);
    const now = channel(four, four);
    copyOrganisation(tax, 'MembersMSP', '')(now, channel(four, four));
    expect(numbers(now)).toEqual(['AMSP 1', 'BMSP 2', 'CMSP 3', 'DMSP 4']);
    copyOrganisation(tax, 'MembersMSP', '')(now, channel(four, four, 8000));
    expect(numbers(now)).toEqual(['AMSP 1', 'BMSP 5', 'CMSP 3', 'DMSP 4']);
    expect(consentersOf(now)[1]).toMatchObject({ port: 8001 });
    expect(JSON.stringify(ruleOf(now))).toContain('certificate of BMSP');
  });
});
