import type { Organisation } from '../../consortium.js';
import { issueRoot } from '../../crypto/issue-root.js';
import { newKey } from '../../crypto/keys.js';
import { revokedCertificates } from '../../crypto/revoke.js';
import { addOrganisations, copyOrganisation, copyTrust, removeOrganisation } from './changes.js';
import type { ChannelGroup, ConfigGroup } from './config.js';

const shared = 'MembersMSP';
const line = (msp: string, parts: Partial<Organisation> = {}): Organisation => ({
  ...{ name: msp.toLowerCase(), msp, title: msp, kind: 'bank' },
  ...{ government: false, orderer: false, node: false },
  ...parts,
});
const base64 = (text: string) => Buffer.from(text).toString('base64');

function mspGroup(roots: readonly string[], lists: readonly string[] | null = null): ConfigGroup {
  const config = { root_certs: roots.map(base64), revocation_list: lists?.map(base64) ?? null };
  return { groups: {}, values: { MSP: { value: { config } } }, policies: {} };
}

/** A channel with these organisations, whose policies name a number, so that it shows whether they were taken over. */
function channel(number: string, groups: Record<string, ConfigGroup>): ChannelGroup {
  const policies = () =>
    Object.fromEntries(
      ['Readers', 'Writers', 'Admins', 'Endorsement', 'LifecycleEndorsement'].map((name) => [
        name,
        { policy: { type: 1, value: number }, version: '4' },
      ]),
    );
  const consenters = [{ id: 7, msp_id: 'TaxMSP', identity: number, client_tls_cert: number }];
  const orderer: ConfigGroup = {
    groups: {},
    values: { Orderers: { value: { consenter_mapping: consenters } } },
    policies: {
      ...policies(),
      BlockValidation: { policy: { value: { identities: [{ principal: { id_bytes: number } }] } } },
    },
  };
  const Application: ConfigGroup = { groups, values: {}, policies: policies() };
  return { groups: { Application, Orderer: orderer }, values: {}, policies: policies() };
}

const rootsOf = (one: ChannelGroup, msp = shared) => configOf(one, msp).root_certs;
function configOf({ groups: { Application } }: ChannelGroup, msp: string) {
  const value = Application.groups[msp]?.values['MSP']?.value as {
    config: { root_certs: string[]; revocation_list: string[] | null };
  };
  return value.config;
}

describe('a change of the channel', () => {
  it('takes in many without a node at once, and all that were there stay', () => {
    const now = channel('before', { [shared]: mspGroup(['a']) });
    const generated = channel('after', { [shared]: mspGroup(['b', 'c']) });
    addOrganisations([line('BMSP'), line('CMSP')], shared)(now, generated);
    expect(rootsOf(now)).toEqual(['a', 'b', 'c'].map(base64));
    expect(now.policies['Readers']).toEqual({ policy: { type: 1, value: 'after' }, version: '4' });
  });

  it('takes in the first of them with the MSP that they share, and one with a node with its own', () => {
    const generated = channel('after', { [shared]: mspGroup(['b']), NodeMSP: mspGroup(['n']) });
    const now = channel('before', {});
    addOrganisations([line('BMSP'), line('NodeMSP', { node: true })], shared)(now, generated);
    expect(Object.keys(now.groups.Application.groups)).toEqual([shared, 'NodeMSP']);
    expect(() => {
      addOrganisations([line('NoneMSP', { node: true })], shared)(now, generated);
    }).toThrow(/has no NoneMSP/);
  });

  it('takes out one root of many, or a whole organisation, and nobody who orders', () => {
    const now = channel('before', { [shared]: mspGroup(['a', 'b']), NodeMSP: mspGroup(['n']) });
    const generated = channel('after', {});
    removeOrganisation(line('AMSP'), shared, 'a')(now, generated);
    expect(rootsOf(now)).toEqual([base64('b')]);
    removeOrganisation(line('NodeMSP', { node: true }), shared, 'n')(now, generated);
    expect(Object.keys(now.groups.Application.groups)).toEqual([shared]);
    expect(now.policies['Writers']?.policy.value).toBe('after');
    removeOrganisation(line('BMSP'), shared, 'b')(now, generated);
    expect(now.groups.Application.groups).toEqual({});
    expect(() => removeOrganisation(line('TaxMSP', { orderer: true }), shared, 't')).toThrow(
      /runs an orderer/,
    );
  });

  it('replaces an organisation’s list among those of others in a shared MSP, and touches no other', async () => {
    const [own, other] = [authority('own'), authority('other')];
    const lists = [await own.list(), await other.list()];
    const later = await own.list(lists[0]);
    const now = channel('x', { [shared]: mspGroup([own.cert, other.cert], lists) });
    const generated = channel('x', { [shared]: mspGroup([own.cert], [later]) });
    copyTrust(line('OwnMSP'), shared, own.cert)(now, generated);
    expect(rootsOf(now)).toEqual([own.cert, other.cert].map(base64));
    expect(configOf(now, shared).revocation_list).toEqual([lists[1] ?? '', later].map(base64));
  });

  it('names an orderer’s new certificates among the consenters and in the rule by which blocks are checked', () => {
    const tax = line('TaxMSP', { node: true, orderer: true, government: true });
    const now = channel('old', { TaxMSP: mspGroup(['t']) });
    copyTrust(tax, shared, 't')(now, channel('new', { TaxMSP: mspGroup(['t']) }));
    expect(JSON.stringify(now.groups.Orderer)).not.toContain('new');
    copyOrganisation(tax, shared, 't')(now, channel('new', { TaxMSP: mspGroup(['t']) }));
    const { values, policies } = now.groups.Orderer;
    expect(values['Orderers']?.value).toEqual({
      consenter_mapping: [{ id: 7, msp_id: 'TaxMSP', identity: 'new', client_tls_cert: 'new' }],
    });
    expect(policies['BlockValidation']?.policy.value).toEqual({
      identities: [{ principal: { id_bytes: 'new' } }],
    });
    // Policies of the channel are not its own to change.
    expect(now.policies['Admins']?.policy.value).toBe('old');
  });
});

function authority(name: string) {
  const key = newKey();
  const cert = issueRoot([{ CN: [name] }], key, new Date(), 10);
  return { cert, list: (former?: string) => revokedCertificates({ cert, key }, cert, former) };
}
