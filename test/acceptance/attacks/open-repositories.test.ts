import type { Client } from '@pledgeonce/scripts/rest/client.js';
import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { BlockReader } from '../support/block-reader.js';
import { bank, consortium, customsOfficer, person, type BankPeople } from '../support/consortium.js';
import { soonEnough } from '../support/deadline.js';
import { claim, declaration, inDays, record, reference, usd, verify } from '../support/documents.js';
import { expectRefused } from '../support/nothing-written.js';
import { poll } from '@pledgeonce/scripts/rest/poll.js';
import { reserve } from '../support/steps.js';

describe('mistakes seen in open repositories', () => {
  let reader: BlockReader;
  let a: BankPeople;
  let enterprise: Client;
  beforeAll(async () => {
    [reader, a, enterprise] = await Promise.all([
      BlockReader.open(consortium()),
      bank('A'),
      person('EnterpriseMSP', 'exporter-1'),
    ]);
  });
  afterAll(() => {
    reader.close();
  });

  it('money as a float', async () => {
    const facts = [declaration({ total: usd('0.10') }), declaration({ total: usd('0.20') })];
    for (const fact of facts) await record(await customsOfficer(), fact);
    const [first, second] = facts.map(reference);
    if (first === undefined || second === undefined) throw new Error('There are two documents.');
    const asNumber = { ...claim(first, usd('0.10')), amount: { amount: 0.1, currency: 'USD' } };
    await expectRefused(reader, () => a.officer.post('/claims', asNumber), {
      status: 400,
      code: 'INPUT_INVALID',
      field: /amount/,
    });
    // 0.1 + 0.2 is 0.30000000000000004 to a float: the claim below would be refused, or a cent too much given.
    const lines = [
      { document: first, amount: usd('0.10') },
      { document: second, amount: usd('0.20') },
    ];
    const exact = await a.officer.post('/claims', { ...claim(first, usd('0.30')), lines });
    expect(exact.status).toBe(201);
    for (const fact of facts) {
      expect((await verify(a.officer, fact)).body).toMatchObject({ remaining: usd('0.00') });
    }
    // Seventeen digits: a float would round the last ones away.
    const large = declaration({ total: usd('900719925474.99') });
    await record(await customsOfficer(), large);
    await reserve(a, reference(large), usd('900719925474.98'));
    expect((await verify(a.officer, large)).body).toMatchObject({ remaining: usd('0.01') });
  });

  it('two pending requests on one invoice, both completed', async () => {
    const fact = declaration();
    await record(await customsOfficer(), fact);
    const requests = await Promise.all([1, 2].map(async () => textAt((await post(fact)).body, 'id')));
    for (const id of requests) {
      const terms = { amount: usd('600.00'), rate: '3.00', validUntil: inDays(10) };
      expect((await a.officer.post(`/financing-requests/${id}/offers`, terms)).status).toBe(201);
    }
    const offers = await Promise.all(requests.map(openedOffer));
    const accepted = await Promise.all(
      offers.map((offer) => enterprise.post(`/offers/${offer}/acceptance`, {})),
    );
    expect(accepted.map(({ status, body }) => [status, at(body, 'code')]).sort()).toEqual([
      [200, undefined],
      [409, 'EXCEEDS_BALANCE'],
    ]);
    expect((await verify(a.officer, fact)).body).toMatchObject({ remaining: usd('400.00'), liveDraws: 1 });
    const lost = requests[accepted.findIndex(({ status }) => status !== 200)] ?? '';
    const offer = offers[accepted.findIndex(({ status }) => status !== 200)] ?? '';
    await expectRefused(reader, () => enterprise.post(`/offers/${offer}/acceptance`, {}), {
      status: 409,
      code: 'EXCEEDS_BALANCE',
    });
    expect((await enterprise.post(`/financing-requests/${lost}/withdrawal`, {})).status).toBe(200);
  }, 90_000);

  it('an offer accepted twice', async () => {
    const fact = declaration();
    await record(await customsOfficer(), fact);
    const request = textAt((await post(fact)).body, 'id');
    const terms = { amount: usd('600.00'), rate: '3.00', validUntil: inDays(10) };
    expect((await a.officer.post(`/financing-requests/${request}/offers`, terms)).status).toBe(201);
    const offer = await openedOffer(request);
    const answers = await Promise.all(
      [1, 2, 3].map(() => enterprise.post(`/offers/${offer}/acceptance`, {})),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(answers.map(({ body }) => textAt(body, 'claim'))).size).toBe(1);
    expect((await verify(a.officer, fact)).body).toMatchObject({ remaining: usd('400.00'), liveDraws: 1 });
  }, 90_000);

  it('removed and placed again, so that nobody has to accept', async () => {
    const fact = declaration();
    await record(await customsOfficer(), fact);
    const first = await reserve(a, reference(fact), usd('1000.00'));
    expect((await a.approver.post(`/claims/${first}/acceptance`, {})).status).toBe(200);
    await a.officer.post(`/claims/${first}/withdrawal`, { reason: 'Other terms.' });
    const second = await reserve(a, reference(fact), usd('1000.00'));
    const notAccepted = { status: 409, code: 'INVALID_STATE' };
    for (const id of [first, second]) {
      await expectRefused(reader, () => a.officer.post(`/claims/${id}/disbursement`, {}), notAccepted);
    }
    await expectRefused(reader, () => a.officer.post(`/claims/${second}/acceptance`, {}), {
      status: 403,
      code: 'PERMISSION_DENIED',
    });
  });

  async function post(fact: ReturnType<typeof declaration>) {
    const before = performance.now();
    await record(await customsOfficer(), declaration());
    const answer = await enterprise.post('/financing-requests', {
      banks: ['BankAMSP'],
      amount: usd('600.00'),
      tenorDays: 90,
      product: 'discount',
      purpose: 'Working capital',
      lines: [{ document: reference(fact), amount: usd('600.00') }],
      deadline: soonEnough(performance.now() - before),
    });
    expect(answer.status).toBe(201);
    return answer;
  }

  async function openedOffer(request: string): Promise<string> {
    const offer = await poll(async () => {
      const { body } = await enterprise.get(`/financing-requests/${request}/offers`);
      return listAt(body, 'items')[0];
    }, 60_000);
    if (offer !== undefined) return textAt(offer, 'id');
    throw new Error('The offer was not opened.');
  }
});
