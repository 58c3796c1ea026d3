import { newKey } from '../../crypto/keys.js';
import { issueRoot } from '../../crypto/issue-root.js';
import { revokedCertificates } from '../../crypto/revoke.js';
import type { ConfigGroup } from './config.js';
import { differences } from './words.js';

const group = (parts: Partial<ConfigGroup> = {}): ConfigGroup => ({
  groups: {},
  values: {},
  policies: {},
  ...parts,
});
const signedBy = (n: number, ...msps: readonly string[]) => ({
  type: 1,
  value: {
    identities: msps.map((msp_identifier) => ({
      principal: { msp_identifier, role: 'ADMIN' },
      principal_classification: 'ROLE',
    })),
    rule: { n_out_of: { n, rules: msps.map((_, signed_by) => ({ signed_by })) } },
  },
});
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('a change in words', () => {
  it('says who governed and who would, in the language of policies', () => {
    const before = group({ policies: { Admins: { policy: signedBy(2, 'A', 'B', 'C') } } });
    const after = group({ policies: { Admins: { policy: signedBy(1, 'A', 'B', 'C') } } });
    expect(differences(before, after)).toEqual([
      "Channel, policy Admins: OutOf(2, 'A.admin', 'B.admin', 'C.admin') becomes OR('A.admin', 'B.admin', 'C.admin')",
    ]);
    const majority = { type: 3, value: { rule: 'MAJORITY', sub_policy: 'Admins' } };
    expect(differences(after, group({ policies: { Admins: { policy: majority } } }))[0]).toMatch(
      /becomes MAJORITY Admins$/,
    );
  });

  it('names the certificates and the lists of an organisation that would be trusted', async () => {
    const key = newKey();
    const cert = issueRoot([{ CN: ['ca.bank-c'] }], key, new Date(), 10);
    const list = await revokedCertificates({ cert, key }, cert);
    const config = { root_certs: [base64(cert)], revocation_list: [base64(list)] };
    const joined = group({ groups: { BankCMSP: group({ values: { MSP: { value: { config } } } }) } });
    const [first, root, revoked] = differences(group(), joined, 'Channel/Application');
    expect(first).toBe('Channel/Application/BankCMSP is added.');
    expect(root).toMatch(
      /MSP, config, root_certs .*: certificate CN=ca\.bank-c, until .*, SHA-256 [0-9A-F:]{95}$/,
    );
    expect(revoked).toMatch(/revocation list of 1 certificates \([0-9a-f]+\)$/);
  });

  it('leaves out nothing, whether or not it knows what it means, and says nothing where nothing changes', () => {
    const before = group({
      values: {
        ACLs: { value: { acls: { 'event/Block': { policy_ref: 'BlockEvents' } } }, mod_policy: 'Admins' },
      },
      groups: { TaxMSP: group() },
    });
    const after = group({
      values: { Unheard: { value: { of: [{ deep: 7 }] }, mod_policy: 'Writers' } },
      mod_policy: 'Writers',
    });
    expect(differences(before, after)).toEqual([
      'Channel, changed by: Writers',
      'Channel, ACLs, acls, event/Block, policy_ref: BlockEvents is removed.',
      'Channel, ACLs, changed by: Admins is removed.',
      'Channel, Unheard, of 1, deep: 7',
      'Channel, Unheard, changed by: Writers',
      'Channel/TaxMSP is removed.',
    ]);
    expect(differences(before, structuredClone({ ...before, version: '9' }))).toEqual([]);
  });
});
