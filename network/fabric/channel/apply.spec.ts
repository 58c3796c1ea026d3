import { appliedTo, type ConfigUpdate } from './apply.js';
import type { ChannelGroup, ConfigGroup } from './config.js';

const group = (parts: Partial<ConfigGroup> = {}): ConfigGroup => ({
  groups: {},
  values: {},
  policies: {},
  version: '0',
  mod_policy: '',
  ...parts,
});
const value = (content: unknown, version = '0') => ({ value: content, version, mod_policy: 'Admins' });

/** A channel with two members, of which each step of a spec changes something. */
function channel(): ChannelGroup {
  const Application = group({
    version: '3',
    mod_policy: 'Admins',
    groups: { TaxMSP: group({ values: { MSP: value('tax', '1') } }), BankAMSP: group() },
    values: { ACLs: value({ 'event/Block': 'BlockEvents' }) },
  });
  return group({ groups: { Application, Orderer: group() } }) as ChannelGroup;
}

function update(read: ConfigGroup, write: ConfigGroup): ConfigUpdate {
  const within = (Application: ConfigGroup) => group({ groups: { Application } });
  return { channel_id: 'trade', read_set: within(read), write_set: within(write) };
}

describe('a change of the channel', () => {
  it('takes the place of a value whose version is one higher, and of nothing else', () => {
    const tax = group({ values: { MSP: value('tax anew', '2') } });
    const change = update(group({ version: '3' }), group({ version: '3', groups: { TaxMSP: tax } }));
    const { Application } = appliedTo(channel(), change).groups;
    expect(Application.groups['TaxMSP']?.values['MSP']?.value).toBe('tax anew');
    expect(Object.keys(Application.groups)).toEqual(['TaxMSP', 'BankAMSP']);
    expect(Application.values).toEqual(channel().groups.Application.values);
  });

  it('has of a group of a higher version those parts and no others', () => {
    const write = group({
      version: '4',
      mod_policy: 'Admins',
      groups: { TaxMSP: group(), BankBMSP: group() },
    });
    const { Application } = appliedTo(channel(), update(group({ version: '3' }), write)).groups;
    expect(Object.keys(Application.groups)).toEqual(['TaxMSP', 'BankBMSP']);
    // What is only named stays as it was.
    expect(Application.groups['TaxMSP']?.values['MSP']?.value).toBe('tax');
    // Access control that the new group does not name is gone: a signer has to read that.
    expect(Application.values).toEqual({});
  });

  it.each([
    ['reads another version', group({ version: '2' }), group({ version: '3' })],
    [
      'reads what is not there',
      group({ version: '3', groups: { GoneMSP: group() } }),
      group({ version: '3' }),
    ],
    ['leaps a version', group({ version: '3' }), group({ version: '5' })],
    ['adds what pretends to have been there', group({ version: '3' }), added('1')],
  ])('is not described when it %s', (_, read, write) => {
    expect(() => appliedTo(channel(), update(read, write))).toThrow(/Have it proposed anew/);
  });
});

function added(version: string): ConfigGroup {
  return group({ version: '4', groups: { NewMSP: group({ version }) } });
}
