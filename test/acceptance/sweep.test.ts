import { listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { auditor, bank, customsOfficer } from './support/consortium.js';
import { claim, declaration, record, reference, usd } from './support/documents.js';

describe('time', () => {
  it('leaves alone what is not past its time', async () => {
    const [customs, { officer, approver }] = [await customsOfficer(), await bank('A')];
    const fact = declaration();
    await record(customs, fact);
    const id = textAt((await officer.post('/claims', claim(reference(fact), usd('400.00')))).body, 'id');
    const swept = await officer.post('/claims/sweep', {});
    expect(swept.status).toBe(200);
    expect(listAt(swept.body, 'items').map((item) => item['id'])).not.toContain(id);
    expect((await approver.get(`/claims/${id}`)).body).toMatchObject({ state: 'reserved', seq: 1 });
  });

  it("is swept by banks' and the regulator's gateways, who count it, and by nobody who only reads", async () => {
    const [{ officer }, regulator] = [await bank('A'), await auditor()];
    for (const { url } of [officer, regulator]) {
      const metrics = await (await fetch(`${url}/metrics`)).text();
      expect(metrics).toContain('pledgeonce_swept_claims_total');
    }
    expect((await regulator.post('/claims/sweep', {})).status).toBe(403);
  });
});
