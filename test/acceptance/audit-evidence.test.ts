import { jest } from '@jest/globals';
import { EvidenceError } from '@pledgeonce/gateway/evidence/evidence-error.js';
import { verifyEvidence } from '@pledgeonce/gateway/evidence/verify-evidence.js';
import { textAt } from '@pledgeonce/scripts/rest/json.js';
import { auditor, bank, customsOfficer } from './support/consortium.js';
import { claim, declaration, record, reference, usd } from './support/documents.js';

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

  it("is for the regulator's auditor alone", async () => {
    const { officer } = await bank('A');
    const answer = await officer.get(`/audit/evidence/claims/${'0'.repeat(64)}`);
    expect(answer.status).toBe(403);
    const unknown = await (await auditor()).get(`/audit/evidence/claims/${'0'.repeat(64)}`);
    expect(unknown.status).toBe(404);
  });
});

/** Any other failure than a refusal of the evidence is passed on. */
function isRefused(verify: () => unknown): boolean {
  try {
    verify();
    return false;
  } catch (error) {
    if (error instanceof EvidenceError) return true;
    throw error;
  }
}
