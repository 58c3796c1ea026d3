import { createHash, randomUUID } from 'node:crypto';
import type { ClaimView, FactInput } from '@pledgeonce/chaincode/api.js';
import type { Client, Json } from '@pledgeonce/scripts/rest/client.js';
import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { BlockReader } from './support/block-reader.js';
import { bank, consortium, customsOfficer, person, type BankPeople } from './support/consortium.js';
import { declaration, inDays, record, reference, usd } from './support/documents.js';
import { eventually } from './support/eventually.js';
import { expectRefused, writesSince } from './support/nothing-written.js';
import { disburse } from './support/steps.js';

const headings = ['客户经理', '到期日', '币种', '申请编号', '未还余额', '状态'];

interface Lent {
  readonly fact: FactInput;
  readonly factId: string;
  readonly claim: ClaimView;
}

/** Issue 19, point 7: planted differences are all found and no other, and nobody else learns of them. */
describe("month's end", () => {
  let reader: BlockReader;
  let a: BankPeople;
  let b: BankPeople;
  let regulator: Client;
  const today = new Date().toISOString().slice(0, 10);
  beforeAll(async () => {
    [reader, a, b, regulator] = await Promise.all([
      BlockReader.open(consortium()),
      bank('A'),
      bank('B'),
      person('RegulatorMSP', 'auditor'),
    ]);
  });
  afterAll(() => {
    reader.close();
  });

  async function lent(): Promise<Lent> {
    const fact = declaration();
    const factId = await record(await customsOfficer(), fact);
    const id = await disburse(a, reference(fact), usd('600.00'));
    const { body } = await a.officer.get(`/claims/${id}`);
    return { fact, factId, claim: body as unknown as ClaimView };
  }
  const row = ({ claim }: Lent, more: Partial<Record<string, string>> = {}) => ({
    客户经理: '王',
    到期日: claim.dueDate,
    币种: 'USD',
    申请编号: claim.applicationNumber,
    未还余额: '600.00',
    状态: '已放款',
    ...more,
  });
  const table = (rows: readonly Readonly<Record<string, string | undefined>>[]) =>
    [headings, ...rows.map((one) => headings.map((heading) => one[heading] ?? ''))]
      .map((cells) => cells.join(','))
      .join('\n');
  const send = (body: string, { who = a.officer, key = randomUUID(), day = today, type = 'text/csv' } = {}) =>
    who.request('POST', `/reconciliations?asOf=${day}`, {
      body,
      idempotencyKey: key,
      headers: { 'content-type': type },
    });
  /** Every difference that concerns these claims; the network has claims of other tests too. */
  async function differencesOf(id: string, loans: readonly Lent[], numbers: readonly string[] = []) {
    const names = [...loans.map(({ claim }) => claim.applicationNumber), ...numbers];
    const found: Json[] = [];
    for (let next: string | undefined = ''; next !== undefined;) {
      const cursor: string = next === '' ? '' : `&cursor=${next}`;
      const { body } = await a.officer.get(`/reconciliations/${id}/differences?limit=200${cursor}`);
      found.push(...listAt(body, 'items'));
      next = body['next'] as string | undefined;
    }
    return found.filter((one) => names.includes(String(one['applicationNumber'])));
  }

  it('finds what was planted and nothing else, keeps it, and puts it on the record', async () => {
    const loans = await Promise.all(Array.from({ length: 6 }, lent));
    const [right, missing, state, amount, due, lowered] = loans as [Lent, Lent, Lent, Lent, Lent, Lent];
    const customs = await customsOfficer();
    const amended = await customs.request('PATCH', `/facts/${lowered.factId}`, {
      body: { changes: { total: usd('700.00') }, reason: 'Weighed again.' },
    });
    expect(amended.status).toBe(200);
    const stranger = `BOOK-${randomUUID()}`;
    const rows = [
      row(right),
      { ...row(right, { 申请编号: stranger }) },
      row(state, { 状态: '已受理' }),
      row(amount, { 未还余额: '599.99' }),
      row(due, { 到期日: inDays(91) }),
      row(lowered),
    ];
    const key = randomUUID();
    const posted = await send(table(rows), { key });
    expect([posted.status, posted.body]).toMatchObject([
      201,
      { bank: 'BankAMSP', asOf: today, lines: 6, agreed: 1, ignoredColumns: ['客户经理'], verdict: 'open' },
    ]);
    const id = textAt(posted.body, 'id');
    const found = await differencesOf(id, loans, [stranger]);
    const planted = [
      [stranger, 'only-book'],
      [state.claim.applicationNumber, 'state'],
      [amount.claim.applicationNumber, 'outstanding'],
      [due.claim.applicationNumber, 'due-date'],
      [lowered.claim.applicationNumber, 'document-lowered'],
      [missing.claim.applicationNumber, 'only-registry'],
    ];
    expect(found.map((one) => [one['applicationNumber'], ...(one['differs'] as string[])])).toEqual(planted);
    expect(found[2]).toMatchObject({
      line: 5,
      book: { outstanding: usd('599.99') },
      registry: { outstanding: usd('600.00') },
    });
    expect(at(found[4] ?? {}, 'documents.0')).toMatchObject({
      number: lowered.fact.number,
      change: 'lowered',
    });

    const result = await a.officer.fetch('GET', `/reconciliations/${id}/result`);
    const digest = createHash('sha256')
      .update(await result.text())
      .digest('hex');
    expect(digest).toBe(at(posted.body, 'result'));
    const csv = await a.officer.fetch('GET', `/reconciliations/${id}/differences`, {
      headers: { accept: 'text/csv' },
    });
    expect(await csv.text()).toContain(`${amount.claim.applicationNumber},${amount.claim.id},5,outstanding`);

    await eventually(async () => (await regulator.get(`/reconciliations/${id}`)).status === 200);
    const { body } = await regulator.get('/reconciliations?bank=BankAMSP&limit=200');
    const seen = listAt(body, 'items').find((one) => one['id'] === id) ?? {};
    expect(seen).toMatchObject({ recordedBy: 'officer', lines: 6, totals: at(posted.body, 'totals') });
    expect((await regulator.get(`/reconciliations/${id}/differences`)).status).toBe(403);
    expect((await b.officer.get(`/reconciliations/${id}`)).status).toBe(404);
    expect((await b.officer.get(`/reconciliations/${id}/result`)).status).toBe(404);
    expect(JSON.stringify((await b.officer.get('/reconciliations?limit=200')).body)).not.toContain(
      'BankAMSP',
    );

    const before = await reader.height();
    const again = await send(table(rows), { key });
    expect([again.status, at(again.body, 'id'), at(again.body, 'result')]).toEqual([201, id, digest]);
    expect(await writesSince(reader, before)).toBe(0);
    await expectRefused(reader, () => send(table(rows.slice(1)), { key }), {
      status: 422,
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
    // What every member sees of it says nothing of whether the book was in order.
    const writes = (await reader.transactions()).flatMap(({ writes }) => [...writes]);
    expect(new Map(writes).get(`reconciliation~${id}`)).toContain('"state":"recorded"');
  });

  it('is of the day: what was made later is not in the registry’s book', async () => {
    const loan = await lent();
    const yesterday = new Date(Date.parse(today) - 86_400_000).toISOString().slice(0, 10);
    const { applicationNumber } = loan.claim;
    const line = JSON.stringify({ applicationNumber, outstanding: usd('600.00'), state: 'disbursed' });
    const posted = await send(line, { day: yesterday, type: 'application/x-ndjson' });
    expect(posted.status).toBe(201);
    expect(await differencesOf(textAt(posted.body, 'id'), [loan])).toMatchObject([
      { differs: ['only-book'] },
    ]);
  });

  it('refuses a book that cannot be read, or a day that has not come, and writes nothing', async () => {
    const loan = await lent();
    const invalid = { status: 400, code: 'INPUT_INVALID' };
    const sent =
      (rows: Parameters<typeof table>[0], options = {}) =>
      () =>
        send(table(rows), options);
    const tomorrow = inDays(2);
    const good = row(loan);
    await expectRefused(reader, sent([good, row(loan, { 状态: 'lost' })]), { ...invalid, field: /state/ });
    await expectRefused(reader, sent([good, good]), invalid);
    await expectRefused(reader, sent([row(loan, { 未还余额: '1.234.5' })]), {
      status: 422,
      code: 'AMOUNT_INVALID',
    });
    await expectRefused(reader, sent([good], { day: tomorrow }), { status: 422, code: 'DATE_INVALID' });
    await expectRefused(reader, () => send('申请编号,状态\nA-1,已放款'), invalid);
    await expectRefused(reader, sent([good], { who: regulator }), { status: 403, code: 'PERMISSION_DENIED' });
  });
});
