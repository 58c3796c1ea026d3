import 'reflect-metadata';
import { X509Certificate } from 'node:crypto';
import { issueRoot } from '../../crypto/issue-root.js';
import { newKey } from '../../crypto/keys.js';
import { policyWords } from './policy-words.js';

const rule = (identities: readonly string[]) => ({
  type: 1,
  value: {
    identities: identities.map((id_bytes) => ({
      principal_classification: 'IDENTITY',
      principal: { mspid: 'TaxMSP', id_bytes },
    })),
    rule: { n_out_of: { n: 1, rules: identities.map((_, index) => ({ signed_by: index })) } },
  },
});

describe('the words of a rule that names certificates', () => {
  it('tell each by its fingerprint, and hide nothing of what is none', () => {
    const certificate = issueRoot([{ CN: ['orderer.tax'] }], newKey(), new Date(), 10);
    const { fingerprint256 } = new X509Certificate(certificate);
    expect(policyWords(rule([Buffer.from(certificate).toString('base64'), 'bm9uZQ==']))).toBe(
      `OR('TaxMSP: certificate SHA-256 ${fingerprint256}', 'TaxMSP: {"mspid":"TaxMSP","id_bytes":"bm9uZQ=="}')`,
    );
  });
});
