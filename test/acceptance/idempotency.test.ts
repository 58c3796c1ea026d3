import { Client, openSession } from '@pledgeonce/scripts/rest/client.js';
import { textAt } from '@pledgeonce/scripts/rest/json.js';
import { organisationOf } from '@pledgeonce/scripts/stack/description.js';
import { CaOperator } from './support/ca-operator.js';
import { bank, consortium, customsOfficer } from './support/consortium.js';
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

  it("is another person's where the key is a colleague's: neither the first one's claim nor a refusal", async () => {
    const [customs, { officer }] = [await customsOfficer(), await bank('A')];
    const operator = await CaOperator.open(consortium(), 'BankAMSP');
    const { id, secret } = await operator.register('officer');
    const { url } = organisationOf(consortium(), 'BankAMSP');
    const { status, body } = await openSession({ url }, id, secret);
    expect(status).toBe(201);
    const colleague = new Client(url, textAt(body, 'token'));
    const [fact, other] = [declaration(), declaration()];
    await record(customs, fact);
    await record(customs, other);
    const key = `shared-${fact.number}`;
    const first = await officer.post('/claims', claim(reference(fact), usd('300.00')), key);
    const same = await colleague.post('/claims', claim(reference(fact), usd('300.00')), key);
    expect([first.status, same.status]).toEqual([201, 201]);
    expect(textAt(same.body, 'id')).not.toBe(textAt(first.body, 'id'));
    const another = await colleague.post('/claims', claim(reference(other), usd('1.00')), `${key}-2`);
    const differing = await officer.post('/claims', claim(reference(other), usd('2.00')), `${key}-2`);
    expect([another.status, differing.status]).toEqual([201, 201]);
    expect((await verify(officer, fact)).body).toMatchObject({ remaining: usd('400.00'), liveDraws: 2 });
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
