import { textAt } from '@pledgeonce/scripts/rest/json.js';
import { bank, customsOfficer } from './support/consortium.js';
import { claim, declaration, record, reference, usd, verify } from './support/documents.js';

describe('a repeated request', () => {
  it('draws once, one after the other and at the same moment', async () => {
    const [customs, { officer }] = [await customsOfficer(), await bank('A')];
    const fact = declaration();
    await record(customs, fact);
    const body = claim(reference(fact), usd('300.00'));
    const key = `again-${fact.number}`;
    const answers = [
      await officer.post('/claims', body, key),
      ...(await Promise.all(Array.from({ length: 5 }, () => officer.post('/claims', body, key)))),
    ];
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map((answer) => textAt(answer.body, 'id'))).size).toBe(1);
    expect((await verify(officer, fact)).body).toMatchObject({ remaining: usd('700.00'), liveDraws: 1 });
  });

  it('repays once', async () => {
    const [customs, { officer, approver }] = [await customsOfficer(), await bank('A')];
    const fact = declaration();
    await record(customs, fact);
    const path = `/claims/${textAt((await officer.post('/claims', claim(reference(fact), usd('500.00')))).body, 'id')}`;
    await approver.post(`${path}/acceptance`, {});
    await officer.post(`${path}/disbursement`, {});
    const repayment = { amount: usd('200.00'), source: 'proceeds' };
    const key = `repay-${fact.number}`;
    await officer.post(`${path}/repayments`, repayment, key);
    const again = await officer.post(`${path}/repayments`, repayment, key);
    expect(again.status).toBe(200);
    expect((await officer.get(path)).body).toMatchObject({ outstanding: usd('300.00') });
  });
});
