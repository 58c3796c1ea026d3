import { randomInt } from 'node:crypto';
import type { FactInput } from '@pledgeonce/chaincode/api.js';
import type { TakeOnLine } from '@pledgeonce/chaincode/take-on/api.js';
import { workbookOf } from '@pledgeonce/gateway/documents/testing/workbook.js';
import { readXlsxRows, xlsxType } from '@pledgeonce/gateway/documents/xlsx-rows.js';
import type { Client, Json } from '@pledgeonce/scripts/rest/client.js';
import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { BlockReader } from './support/block-reader.js';
import {
  bank,
  consortium,
  customsOfficer,
  person,
  taxOfficer,
  type BankPeople,
} from './support/consortium.js';
import {
  cite,
  claim,
  declaration,
  exporter,
  inDays,
  record,
  reference,
  taxInvoice,
  usd,
  verify,
} from './support/documents.js';
import { eventually } from './support/eventually.js';
import { expectRefused, writesSince } from './support/nothing-written.js';

/** Issue 19, points 1 to 5: a registry that begins among banks which have lent for years. */
describe('on day one', () => {
  let reader: BlockReader;
  let a: BankPeople;
  let b: BankPeople;
  let officer: Client;
  let approver: Client;
  let exporterOfficer: Client;
  let otherExporterOfficer: Client;
  const terms = (banks: readonly string[]) => ({ cutOff: inDays(0), until: inDays(30), banks });
  const open = async (banks: readonly string[]) => {
    const proposed = await officer.post('/take-on/windows', terms(banks));
    const { number } = proposed.body as { number: number };
    return { proposed, opened: await approver.post(`/take-on/windows/${number}/opening`, {}), number };
  };

  beforeAll(async () => {
    [reader, a, b, officer, approver, exporterOfficer, otherExporterOfficer] = await Promise.all([
      BlockReader.open(consortium()),
      bank('A'),
      bank('B'),
      person('RegulatorMSP', 'officer'),
      person('RegulatorMSP', 'approver'),
      person('EnterpriseMSP', 'exporter-1'),
      person('EnterpriseMSP', 'exporter-2'),
    ]);
  });
  afterAll(() => {
    reader.close();
  });

  it('the regulator opens a window by two people, and only for the banks that it names', async () => {
    const before = loan(declaration(), '10.00');
    expect((await bring(a, [before])).verdicts[0]).toMatchObject({
      status: 'refused',
      code: 'TAKE_ON_CLOSED',
    });
    await expectRefused(reader, () => a.approver.post('/take-on/windows', terms(['BankAMSP'])), {
      status: 403,
      code: 'WRONG_ORGANISATION',
    });
    const byOne = await approver.post('/take-on/windows', terms(['BankAMSP']));
    expect([byOne.status, byOne.body]).toMatchObject([
      201,
      { number: 1, state: 'proposed', banks: ['BankAMSP'] },
    ]);
    await expectRefused(reader, () => approver.post('/take-on/windows/1/opening', {}), {
      status: 403,
      code: 'FOUR_EYES',
    });
    const { opened } = await open(['BankAMSP']);
    expect([opened.status, opened.body]).toMatchObject([200, { number: 1, state: 'open' }]);
    expect(listAt((await a.officer.get('/take-on/windows')).body, 'windows')).toMatchObject([
      { state: 'open' },
    ]);
    expect(listAt((await b.officer.get('/take-on/windows')).body, 'windows')).toEqual([]);
    const since = await reader.height();
    expect((await bring(b, [before])).verdicts[0]).toMatchObject({
      status: 'refused',
      code: 'TAKE_ON_CLOSED',
    });
    expect(await writesSince(reader, since)).toBe(0);
    await expectRefused(reader, () => officer.post('/take-on/windows', terms(['BankAMSP'])), {
      status: 409,
      code: 'WINDOW_HELD',
    });
    expect((await open(['BankBMSP'])).opened.body).toMatchObject({ number: 2, state: 'open' });
  });

  it('planted doubles are found, whoever brings its book first, and nobody learns from whom', async () => {
    const customs = await customsOfficer();
    const invoice = taxInvoice({ number: `INV-${randomInt(1e9)}-7` });
    const [sold, shared] = [taxInvoice(), declaration()];
    const exported = declaration({ cites: [cite(sold)] });
    await Promise.all([
      record(await taxOfficer(), invoice),
      record(await taxOfficer(), sold),
      record(customs, shared),
    ]);
    await record(customs, exported);
    const ofA = [loan(invoice, '700.00'), loan(exported, '800.00'), loan(shared, '400.00')];
    const ofB = [
      // The same invoice under another spelling, the invoice of the declaration, and a share that there is room for.
      loan({ ...invoice, number: ` ${invoice.number.toLowerCase().replaceAll('-', ' ')} ` }, '600.00'),
      loan(sold, '500.00'),
      loan(shared, '600.00'),
    ];
    const [first, second] = [await bring(a, ofA), await bring(b, ofB)];
    expect(first.verdicts.map(({ status, state, unmatched }) => [status, state, unmatched])).toEqual([
      ['taken-on', 'disbursed', 0],
      ['taken-on', 'disbursed', 0],
      ['taken-on', 'disbursed', 0],
    ]);
    expect(second.totals).toMatchObject({
      lines: 3,
      totals: [{ verdict: 'taken-on', currency: 'USD', lines: 3, amount: '1700.00', outstanding: '1700.00' }],
    });
    const byReference = async (client: Client) => {
      const found = new Map<string, Json>();
      for (const item of listAt((await client.get('/overdrafts?limit=50')).body, 'items')) {
        found.set(textAt(item, 'applicationNumber'), item);
      }
      return found;
    };
    for (const [people, lines] of [
      [a, ofA],
      [b, ofB],
    ] as const) {
      await eventually(async () => (await byReference(people.officer)).has(lines[1]?.reference ?? ''));
      const found = await byReference(people.officer);
      const by = lines.map((line) =>
        listAt(found.get(line.reference) ?? { overdrawn: [] }, 'overdrawn').map((one) => at(one, 'by')),
      );
      // 1,300 on 1,000; 1,300 on one trade of 1,000, in both of its papers; 1,000 on 1,000.
      expect(by).toEqual([[usd('300.00')], [usd('300.00'), usd('300.00')], []]);
      const other = people.msp === 'BankAMSP' ? 'BankBMSP' : 'BankAMSP';
      expect(JSON.stringify([...found.values()])).not.toContain(other);
    }
    await eventually(async () => (await byReference(approver)).has(ofB[0]?.reference ?? ''));
    const sides = (await byReference(approver)).get(ofB[0]?.reference ?? '');
    expect(
      listAt(sides ?? {}, 'overdrawn.0.draws').map((draw) => [draw['owner'], at(draw, 'amount.amount')]),
    ).toEqual([
      ['BankAMSP', '700.00'],
      ['BankBMSP', '600.00'],
    ]);
    const own = await exporterOfficer.post('/own-documents/look-up', { document: reference(shared) });
    expect([own.status, listAt(own.body, 'draws').map((draw) => draw['bank'])].flat().sort()).toEqual(
      [200, 'BankAMSP', 'BankBMSP'].sort(),
    );
    // Its exporter reads the loans themselves, is told of each, and of nobody at the bank; another enterprise is not.
    for (const verdict of [...first.verdicts, ...second.verdicts]) {
      const id = textAt(verdict, 'id');
      await eventually(async () => (await exporterOfficer.get(`/claims/${id}`)).status === 200);
      const seen = (await exporterOfficer.get(`/claims/${id}`)).body;
      expect(seen).toMatchObject({ state: 'disbursed', takenOn: { paidOutOn: '2026-03-15', unmatched: 0 } });
      expect((await otherExporterOfficer.get(`/claims/${id}`)).status).toBe(404);
      await eventually(async () => (await alertsOn(exporterOfficer, id)).includes('taken-on'));
      expect(await alertsOn(otherExporterOfficer, id)).toEqual([]);
    }
    expect(listAt((await verify(b.officer, exported)).body, 'warnings')).toContainEqual({
      warning: 'overdrawn',
    });
    await expectRefused(reader, () => b.officer.post('/claims', claim(reference(exported), usd('1.00'))), {
      status: 409,
      code: 'UNDERLYING_OVERDRAWN',
    });
  });

  it('what is overdrawn is resolved by an objection: a bank takes back what was its mistake', async () => {
    const paper = declaration();
    await record(await customsOfficer(), paper);
    const [ofA, ofB] = [loan(paper, '900.00'), loan(paper, '800.00')];
    await bring(a, [ofA]);
    const id = textAt((await bring(b, [ofB])).verdicts[0] ?? {}, 'id');
    const objected = await exporterOfficer.post('/objections', {
      document: reference(paper),
      enterprise: exporter,
      reason: 'Bank B was repaid on another declaration.',
    });
    const objection = textAt(objected.body, 'id');
    const decided = await approver.post(`/objections/${objection}/decision`, {
      outcome: 'correct',
      reason: 'So it is.',
    });
    expect(decided.body).toMatchObject({ state: 'correction-ordered', holders: ['BankAMSP', 'BankBMSP'] });
    const reversal = { entry: 'disbursement', reason: 'It was lent on another paper.' };
    expect((await b.officer.post(`/claims/${id}/reversal`, reversal)).status).toBe(200);
    expect((await b.approver.post(`/claims/${id}/awaiting/confirmation`, {})).status).toBe(200);
    expect((await b.officer.post(`/claims/${id}/withdrawal`, { reason: 'On another paper.' })).status).toBe(
      200,
    );
    const seen = await verify(b.officer, paper);
    expect(at(seen.body, 'remaining')).toEqual(usd('100.00'));
    expect(listAt(seen.body, 'warnings')).not.toContainEqual({ warning: 'overdrawn' });
  });

  it('what finds no document waits, and is matched when the authority records it, under any id of its issuer', async () => {
    const vat = { scheme: 'VAT', id: `NL${randomInt(1e8, 1e9)}B01` } as const;
    const paper = taxInvoice({
      seller: { ...exporter, name: 'Ningbo Harbour Tools Co., Ltd', otherIds: [vat] },
    });
    const [byUscc, byVat] = [loan(paper, '700.00'), loan({ ...paper, seller: vat }, '600.00')];
    const verdicts = [...(await bring(a, [byUscc])).verdicts, ...(await bring(b, [byVat])).verdicts];
    expect(verdicts.map(({ status, unmatched }) => [status, unmatched])).toEqual([
      ['taken-on', 1],
      ['taken-on', 1],
    ]);
    const [ofA = '', ofB = ''] = verdicts.map((one) => textAt(one, 'id'));
    const waiting = (await a.officer.get('/claims?unmatched=true&limit=200')).body;
    expect(listAt(waiting, 'items').map(({ id }) => id)).toContain(ofA);
    expect(at((await a.officer.get(`/claims/${ofA}`)).body, 'takenOn')).toMatchObject({
      unmatched: 1,
      window: 1,
    });
    // Its age is told to its bank and to the regulator, the oldest first, and to nobody else.
    const waitingOf = async (client: Client, query = '') =>
      listAt((await client.get(`/take-on/unmatched?limit=200${query}`)).body, 'items');
    const seen = (await waitingOf(a.officer)).find((one) => one['id'] === ofA);
    const { body: claimed } = await a.officer.get(`/claims/${ofA}`);
    expect(seen).toMatchObject({
      owner: 'BankAMSP',
      applicationNumber: byUscc.reference,
      outstanding: usd('700.00'),
      documents: [{ type: 'tax-invoice', number: paper.number.toUpperCase() }],
      paidOutOn: '2026-03-15',
      since: textAt(claimed, 'takenOn.recordedAt'),
    });
    expect([0, 1]).toContain(seen?.['days']);
    expect((await waitingOf(a.officer)).map(({ id }) => id)).not.toContain(ofB);
    await eventually(async () => {
      const all = (await waitingOf(approver)).map(({ id }) => id);
      return all.includes(ofA) && all.indexOf(ofA) < all.indexOf(ofB);
    });
    const since = (await waitingOf(approver)).map((one) => textAt(one, 'since').slice(0, 10));
    expect(since).toEqual([...since].sort());
    expect((await waitingOf(approver, '&owner=BankBMSP')).map(({ owner }) => owner)).not.toContain(
      'BankAMSP',
    );
    expect((await waitingOf(approver, '&waitingDays=30')).map(({ id }) => id)).not.toContain(ofA);
    expect((await exporterOfficer.get('/take-on/unmatched')).status).toBe(403);
    // An exporter that the book names by another register has no account by it yet.
    expect((await exporterOfficer.get(`/claims/${ofB}`)).status).toBe(404);
    // It lives as any claim while it waits.
    const repaid = await a.officer.post(`/claims/${ofA}/repayments`, {
      amount: usd('100.00'),
      source: 'proceeds',
    });
    expect(repaid.body).toMatchObject({ state: 'partly-repaid' });
    await record(await taxOfficer(), paper);
    for (const [people, id] of [
      [a, ofA],
      [b, ofB],
    ] as const) {
      const { body } = await people.officer.get(`/claims/${id}`);
      expect([at(body, 'takenOn.unmatched'), at(body, 'lines.0.unmatched')]).toEqual([0, undefined]);
      await eventually(async () => {
        const items = listAt((await people.officer.get('/overdrafts?limit=50')).body, 'items');
        return items.some((item) => item['id'] === id && at(item, 'overdrawn.0.by.amount') === '300.00');
      });
    }
    await eventually(async () => {
      const { body } = await a.officer.get('/claims?unmatched=true&limit=200');
      return !listAt(body, 'items').some(({ id }) => id === ofA);
    });
    expect((await waitingOf(a.officer)).map(({ id }) => id)).not.toContain(ofA);
    // The paper states the id by which the exporter reads: it hears of the loan that had named it by another.
    await eventually(async () => (await alertsOn(exporterOfficer, ofB)).includes('taken-on-matched'));
    expect((await exporterOfficer.get(`/claims/${ofB}`)).body).toMatchObject({ owner: 'BankBMSP' });
  });

  it('a book that was cut short is sent again: nothing twice, nothing lost, another content is named', async () => {
    const papers = Array.from({ length: 6 }, () => declaration());
    const customs = await customsOfficer();
    for (const paper of papers) await record(customs, paper);
    const book = papers.map((paper) => loan(paper, '100.00'));
    const half = await bring(a, book.slice(0, 3));
    const since = await reader.height();
    const whole = await bring(a, book);
    expect(whole.verdicts.map(({ status }) => status)).toEqual(book.map(() => 'taken-on'));
    expect(whole.verdicts.slice(0, 3).map(({ id }) => id)).toEqual(half.verdicts.map(({ id }) => id));
    const claims = (await reader.transactions(since))
      .filter(({ isValid }) => isValid)
      .flatMap(({ writes }) => [...writes.keys()].filter((key) => key.startsWith('claim~')));
    expect(new Set(claims).size).toBe(3);
    const height = await reader.height();
    const asBefore = whole.verdicts.map(({ id }) => ({ status: 'taken-on', id }));
    const again = (await bring(a, book)).verdicts;
    expect(again).toMatchObject(asBefore);
    expect(again.every((verdict) => !('transactionId' in verdict))).toBe(true);
    const changed = book.map((line) => ({ ...line, dueDate: inDays(400) }));
    const { verdicts, totals } = await bring(a, [...changed, { reference: 'no loan at all' }]);
    expect(new Set(verdicts.map(({ code }) => code))).toEqual(
      new Set(['TAKE_ON_REFERENCE_USED', 'INPUT_INVALID']),
    );
    expect(totals).toMatchObject({
      lines: 7,
      totals: [{ verdict: 'refused' }, { verdict: 'refused', lines: 6 }],
    });
    expect(await writesSince(reader, height)).toBe(0);
    // What is there already, or is refused, is not even ordered.
    const called = (await reader.transactions(height)).map((one) => one.called);
    expect(called).not.toContain('takeOn');
    for (const paper of papers)
      expect(at((await verify(a.officer, paper)).body, 'remaining')).toEqual(usd('900.00'));
  });

  it('only what was paid out before the cut-off comes, and contradictions are refused and write nothing', async () => {
    const since = await reader.height();
    const wrong: readonly TakeOnLine[] = [
      loan(declaration(), '10.00', { paidOutOn: inDays(0) }),
      loan(declaration(), '10.00', { outstanding: usd('10.01') }),
      loan(declaration(), '10.00', { state: 'partly-repaid' }),
      loan(declaration(), '10.00', { dueDate: '2020-01-01' }),
    ];
    expect((await bring(a, wrong)).verdicts.map(({ code, field }) => [code, field])).toEqual([
      ['PAID_OUT_TOO_LATE', 'paidOutOn'],
      ['TAKE_ON_INCONSISTENT', 'outstanding'],
      ['TAKE_ON_INCONSISTENT', 'state'],
      ['TAKE_ON_INCONSISTENT', 'dueDate'],
    ]);
    const byOfficer = await send(a.officer, '/take-on', wrong);
    expect([byOfficer.status, at(byOfficer.answers[0] ?? {}, 'code')]).toEqual([403, 'PERMISSION_DENIED']);
    expect(await writesSince(reader, since)).toBe(0);
  });

  it('a dry run says what would happen to each line and writes nothing', async () => {
    const paper = declaration();
    await record(await customsOfficer(), paper);
    const known = loan(paper, '10.00');
    await bring(a, [known]);
    const typed = paper.number.replace(/.$/, (last) => String((Number(last) + 1) % 10));
    const since = await reader.height();
    const header = [
      '业务编号',
      '企业代码',
      '产品',
      '币种',
      '融资金额',
      '未偿余额',
      '放款日',
      '到期日',
      '单证1类型',
      '单证1号码',
      '单证1占用金额',
      '单证1总额',
    ];
    const row = (own: string, number: string, total: string, currency = 'USD', enterprise = exporter.id) =>
      [
        own,
        enterprise,
        '发票融资',
        currency,
        '10.00',
        '10.00',
        '2026-03-15',
        inDays(60),
        '报关单',
        number,
        '10.00',
        total,
      ].join(',');
    // Whom no test ever records a document of.
    const stranger = '91440300MA5G8HWQ4N';
    const table = [
      header.join(','),
      row('D-1', paper.number, '1000.00'),
      row('D-2', paper.number, '999.00'),
      row('D-3', typed, '1000.00'),
      row('D-4', paper.number, '1000.00', 'USD', stranger),
      row('D-5', paper.number, '', 'CHF'),
      row('D-6', ` ${paper.number} `, '1000.00'),
      row('D-7', paper.number, 'a thousand'),
    ].join('\n');
    const { status, answers } = await send(a.officer, '/take-on/dry-run', table, 'text/csv');
    expect(status).toBe(200);
    const totals = answers.at(-1);
    expect(answers.slice(0, -1).map(({ line, verdict, outcome }) => [line, verdict, outcome])).toEqual([
      [2, 'found', 'taken-on'],
      [3, 'differs', 'taken-on'],
      [4, 'enterprise-unknown', 'unmatched'],
      [5, 'differs', 'unmatched'],
      [6, 'rate-missing', 'refused'],
      [7, 'looks-like', 'taken-on'],
      [8, 'refused', 'refused'],
    ]);
    expect(at(answers[1] ?? {}, 'documents.0.mismatches')).toEqual(['total']);
    expect(at(answers[3] ?? {}, 'documents.0.mismatches')).toContain('enterprise');
    expect(at(answers[5] ?? {}, 'looksLike')).toBe(2);
    expect(totals).toMatchObject({ outcome: 'totals', lines: 7 });
    expect(JSON.stringify(answers)).not.toMatch(/Bank|remaining/);
    const again = await send(a.officer, '/take-on/dry-run', [known, { ...known, dueDate: inDays(500) }]);
    expect(again.answers.slice(0, 2).map(({ verdict, code }) => [verdict, code])).toEqual([
      ['already-brought', undefined],
      ['refused', 'TAKE_ON_REFERENCE_USED'],
    ]);
    const returned = await a.officer.fetch('POST', '/take-on/dry-run?as=table', {
      body: table,
      headers: { 'content-type': 'text/csv' },
    });
    expect(returned.headers.get('content-type')).toMatch('text/csv');
    const lines = (await returned.text()).trim().split('\r\n');
    expect(lines[0]).toBe(`${header.join(',')},verdict,outcome,why`);
    expect(lines[2]).toMatch(/,differs,taken-on,looks like line 2; lines 1: total$/);
    expect(lines).toHaveLength(8);
    // A workbook comes back as one, with the verdicts that the same lines got as CSV, and can be sent again as it is.
    const cells = table.split('\n').map((one) => one.split(','));
    for (const sent of [workbookOf(cells), undefined]) {
      const book = sent ?? (await workbook(a.officer, '/take-on/dry-run?as=table', workbookOf(cells))).bytes;
      const { type, rows } = await workbook(a.officer, '/take-on/dry-run?as=table', book);
      expect(type).toBe(xlsxType);
      expect(rows[0]).toEqual([...header, 'verdict', 'outcome', 'why']);
      const said = rows.slice(1).map((one) => one.slice(header.length, header.length + 2).join(','));
      expect(said).toEqual(lines.slice(1).map((one) => one.split(',').slice(12, 14).join(',')));
    }
    const asLines = await send(a.officer, '/take-on/dry-run?as=table', [known]);
    expect(asLines.answers).toEqual([
      { ...known, verdict: 'already-brought', outcome: 'already-brought', why: '' },
    ]);
    for (const [language, first] of [
      ['en', 'reference'],
      ['zh', '业务编号'],
    ] as const) {
      const template = await workbook(a.officer, `/take-on/template?language=${language}&format=xlsx`);
      expect([template.type, template.rows[0]?.[0]]).toEqual([xlsxType, first]);
    }
    expect(await writesSince(reader, since)).toBe(0);
    // What was asked is on the bank's own record, as a verification is.
    const log = await (await person('BankAMSP', 'auditor')).get('/verifications?limit=1000');
    expect(listAt(log.body, 'items').some((one) => one['question'] === 'take-on')).toBe(true);
  });

  it('a closed window stays closed; what comes late is a correction that the regulator approves', async () => {
    const paper = declaration();
    await record(await customsOfficer(), paper);
    const late = loan(paper, '600.00');
    const correction = { line: late, reason: 'It was in a branch’s own file.' };
    await expectRefused(reader, () => a.officer.post('/take-on/corrections', correction), {
      status: 409,
      code: 'TAKE_ON_OPEN',
    });
    for (const number of [1, 2]) {
      expect((await approver.post(`/take-on/windows/${number}/closing`, {})).body).toMatchObject({
        state: 'closed',
      });
    }
    const since = await reader.height();
    expect((await bring(a, [late])).verdicts[0]).toMatchObject({ status: 'refused', code: 'TAKE_ON_CLOSED' });
    expect(await writesSince(reader, since)).toBe(0);
    await expectRefused(reader, () => approver.post('/take-on/windows/1/opening', {}), {
      status: 404,
      code: 'WINDOW_NOT_FOUND',
    });
    const tooMuch = { ...correction, line: loan(paper, '600.00', { outstanding: usd('600.01') }) };
    await expectRefused(reader, () => a.officer.post('/take-on/corrections', tooMuch), {
      status: 422,
      code: 'TAKE_ON_INCONSISTENT',
      field: 'line.outstanding',
    });
    const proposed = await a.officer.post('/take-on/corrections', correction);
    expect([proposed.status, proposed.body]).toMatchObject([201, { state: 'proposed', owner: 'BankAMSP' }]);
    const id = textAt(proposed.body, 'id');
    expect(at((await verify(a.officer, paper)).body, 'remaining')).toEqual(usd('1000.00'));
    await expectRefused(reader, () => a.approver.post(`/take-on/corrections/${id}/approval`, {}), {
      status: 403,
      code: 'WRONG_ORGANISATION',
    });
    await eventually(async () =>
      listAt((await approver.get('/take-on/corrections?state=proposed')).body, 'items').some(
        (one) => one['id'] === id,
      ),
    );
    const approved = await approver.post(`/take-on/corrections/${id}/approval`, {});
    expect([approved.status, approved.body]).toMatchObject([200, { state: 'approved' }]);
    const taken = await a.officer.get(`/claims/${textAt(approved.body, 'claim')}`);
    expect(taken.body).toMatchObject({ state: 'disbursed', owner: 'BankAMSP', takenOn: { correction: id } });
    expect(at((await verify(a.officer, paper)).body, 'remaining')).toEqual(usd('400.00'));
    expect(listAt((await b.officer.get('/take-on/corrections')).body, 'items')).toEqual([]);
    const second = await a.officer.post('/take-on/corrections', { ...correction, line: loan(paper, '1.00') });
    const refused = await approver.post(`/take-on/corrections/${textAt(second.body, 'id')}/refusal`, {
      reason: 'No trace of it in the bank’s ledger.',
    });
    expect(refused.body).toMatchObject({ state: 'refused', refusal: 'No trace of it in the bank’s ledger.' });
  });
});

/** A running loan of so much on one document, as a bank's book has it. */
function loan(fact: FactInput, amount: string, more: Partial<TakeOnLine> = {}): TakeOnLine {
  const { scheme, id } = fact.seller;
  return {
    reference: `LN-${randomInt(1e12)}`,
    enterprise: { scheme, id },
    product: 'invoice',
    amount: usd(amount),
    outstanding: usd(amount),
    lines: [{ document: { type: fact.type, number: fact.number }, amount: usd(amount) }],
    paidOutOn: '2026-03-15',
    dueDate: inDays(90),
    ...more,
  };
}

async function send(
  client: Client,
  path: string,
  lines: readonly unknown[] | string,
  type = 'application/x-ndjson',
) {
  const body = typeof lines === 'string' ? lines : lines.map((line) => JSON.stringify(line)).join('\n');
  const response = await client.fetch('POST', path, { body, headers: { 'content-type': type } });
  const text = await response.text();
  const answers = text.split('\n').filter((line) => line !== '');
  return { status: response.status, answers: answers.map((line) => JSON.parse(line) as Json) };
}

/** Sends a workbook, or asks for one. */
async function workbook(client: Client, path: string, body?: Buffer) {
  const response = await client.fetch(body === undefined ? 'GET' : 'POST', path, {
    ...(body !== undefined && { body, headers: { 'content-type': xlsxType } }),
  });
  expect(response.status).toBe(200);
  const bytes = Buffer.from(await response.arrayBuffer());
  const rows: string[][] = [];
  for await (const row of readXlsxRows(bytes)) rows.push('cells' in row ? row.cells.map(String) : []);
  return { type: response.headers.get('content-type'), bytes, rows };
}

/** The names of the alerts that are about a claim. */
async function alertsOn(client: Client, claim: string): Promise<string[]> {
  const items = listAt((await client.get('/alerts?limit=500')).body, 'items');
  return items
    .filter((one) => JSON.stringify(at(one, 'content.claims') ?? []).includes(claim))
    .map((one) => textAt(one, 'content.alert'));
}

/** A bank's approver brings its book. */
async function bring({ approver }: BankPeople, lines: readonly unknown[]) {
  const { status, answers } = await send(approver, '/take-on', lines);
  expect(status).toBe(200);
  return { verdicts: answers.slice(0, -1), totals: answers.at(-1) };
}
