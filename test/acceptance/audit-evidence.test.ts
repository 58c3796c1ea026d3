import { jest } from '@jest/globals';
import { readEvidence, type EvidenceContent } from '@pledgeonce/gateway/evidence/bundle.js';
import { verifyEvidence } from '@pledgeonce/gateway/evidence/verify-evidence.js';
import { textAt } from '@pledgeonce/scripts/rest/json.js';
import { freightInvoice, open, payment } from '@pledgeonce/scripts/story/payment-papers.js';
import { auditor, bank, customsOfficer, taxOfficer } from './support/consortium.js';
import { claim, declaration, record, reference, usd } from './support/documents.js';
import { certifiedExporter, isRefused } from './support/evidence.js';
import { takeBack } from './support/take-back.js';

/** Records a document and a disbursed claim on it. */
async function history(): Promise<{ factId: string; claimId: string }> {
  const [customs, { officer, approver }] = [await customsOfficer(), await bank('A')];
  const fact = declaration();
  const factId = await record(customs, fact);
  const claimId = textAt((await officer.post('/claims', claim(reference(fact), usd('400.00')))).body, 'id');
  await approver.post(`/claims/${claimId}/acceptance`, {});
  await officer.post(`/claims/${claimId}/disbursement`, {});
  return { factId, claimId };
}

async function exported(path: string): Promise<string> {
  const { status, body } = await (await auditor()).get(`/audit/evidence/${path}`);
  expect([path, status]).toEqual([path, 200]);
  return JSON.stringify(body);
}

// Each proof takes several transactions, one after the other.
jest.setTimeout(60_000);

describe('S10: evidence export', () => {
  it('proves a claim and a document offline, in the same bytes each time', async () => {
    const { factId, claimId } = await history();
    for (const [path, states] of [
      [`claims/${claimId}`, ['reserved', 'accepted', 'disbursed']],
      [`facts/${factId}`, ['active']],
    ] as const) {
      const text = await exported(path);
      // Later blocks do not change what is proved.
      await history();
      expect(await exported(path)).toBe(text);
      const report = verifyEvidence(text);
      // However long the chain is: the blocks of the versions, and those that configured the channel.
      const places = new Set(report.versions.map(({ block }) => block));
      expect(report.blocks).toBe(places.size + report.configurations);
      expect(report.versions.map(({ state }) => state)).toEqual(states);
      for (const version of report.versions) {
        expect(version).toMatchObject({ recordProved: true });
        expect(version.endorsers.length).toBeGreaterThanOrEqual(2);
        expect(version.ordererSignatures).toBeGreaterThanOrEqual(1);
      }
      expect(verifyEvidence(text, report.genesis)).toEqual(report);
      expect(() => verifyEvidence(text, '0'.repeat(64))).toThrow('begins with');
    }
  });

  it('notices any changed byte', async () => {
    const { factId } = await history();
    const text = await exported(`facts/${factId}`);
    const step = Math.ceil(text.length / 400);
    const unseen: number[] = [];
    for (let at = 0; at < text.length; at += step) {
      const other = text[at] === 'a' ? 'b' : 'a';
      const changed = () => verifyEvidence(`${text.slice(0, at)}${other}${text.slice(at + 1)}`);
      if (!isRefused(changed)) unseen.push(at);
    }
    expect(unseen).toEqual([]);
  });

  it('proves a payment and its reversal', async () => {
    const a = await bank('A');
    const { officer } = a;
    const invoice = freightInvoice(usd('500.00'));
    await record(await taxOfficer(), invoice);
    await open(officer, invoice);
    const freight = { purpose: 'freight', payee: 'Seawind Forwarding' } as const;
    const body = payment(usd('200.00'), [[invoice, usd('200.00')]], freight);
    const paid = await officer.post('/payments', body);
    expect(paid.status).toBe(201);
    const id = textAt(paid.body, 'id');
    expect((await takeBack(a, id)).status).toBe(200);
    const { subject, versions } = verifyEvidence(await exported(`payments/${id}`));
    expect(subject).toEqual({ kind: 'payment', id });
    expect(versions.map(({ seq, recordProved }) => [seq, recordProved])).toEqual([
      [1, true],
      [2, true],
      [3, true],
    ]);
  });

  it('does not let a member sign a forged part anew', async () => {
    const { claimId } = await history();
    const other = await history();
    const text = await exported(`claims/${claimId}`);
    const exporter = await certifiedExporter();
    const foreign = readEvidence(await exported(`claims/${other.claimId}`)).evidence;
    // As it is, the member's own signature is as good as the first one.
    expect(verifyEvidence(exporter(text, (content) => content)).versions).toHaveLength(3);
    const version = (
      content: EvidenceContent,
      place: number,
      more: Partial<EvidenceContent['versions'][number]>,
    ) => ({
      ...content,
      versions: content.versions.map((one, index) => (index === place ? { ...one, ...more } : one)),
    });
    const forgeries: Record<string, (content: EvidenceContent) => EvidenceContent> = {
      'a record': (content) =>
        version(content, 2, { stored: content.versions[2]?.stored?.replace('400', '900') }),
      'a state': (content) => version(content, 2, { state: 'settled' }),
      'a key': (content) => version(content, 0, { key: `C~${claimId}~9` }),
      'a collection': (content) => version(content, 0, { collection: 'another' }),
      'a transaction': (content) =>
        version(content, 0, { transactionId: foreign.versions[0]?.transactionId ?? '' }),
      'a missing version': (content) => ({ ...content, versions: content.versions.slice(1) }),
      'another subject': (content) => ({ ...content, subject: foreign.subject }),
      'another kind': (content) => ({ ...content, subject: { ...content.subject, kind: 'payment' } }),
      'another channel': (content) => ({ ...content, channel: 'another' }),
      'another chaincode': (content) => ({ ...content, chaincode: 'another' }),
      'a missing block': (content) => ({ ...content, blocks: content.blocks.slice(0, -1) }),
      'no configuration': (content) => ({ ...content, blocks: content.blocks.slice(1) }),
      'blocks in another order': (content) => ({ ...content, blocks: content.blocks.toReversed() }),
      'a block of another number': (content) => ({
        ...content,
        blocks: content.blocks.map((one, index) =>
          index === content.blocks.length - 1 ? { ...one, raw: content.blocks[0]?.raw ?? '' } : one,
        ),
      }),
    };
    const believed = Object.entries(forgeries)
      .filter(([, change]) => !isRefused(() => verifyEvidence(exporter(text, change))))
      .map(([name]) => name);
    expect(believed).toEqual([]);
  });

  it("is for the regulator's auditor alone", async () => {
    const { officer } = await bank('A');
    const answer = await officer.get(`/audit/evidence/claims/${'0'.repeat(64)}`);
    expect(answer.status).toBe(403);
    const unknown = await (await auditor()).get(`/audit/evidence/claims/${'0'.repeat(64)}`);
    expect(unknown.status).toBe(404);
  });
});
