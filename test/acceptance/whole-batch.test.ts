import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { listAt, at, textAt } from '@pledgeonce/scripts/rest/json.js';
import { freshNumber, paper, withCases } from './support/cases.js';
import { sendImport } from './support/import.js';
import { bank, consortium, customsOfficer, taxOfficer } from './support/consortium.js';
import { BlockReader } from './support/block-reader.js';
import { claim, declaration, inDays, record, reference, taxInvoice, usd } from './support/documents.js';

/** Each line that is refused is looked for by itself: on a busy machine that takes a while. */
const patienceMs = 300_000;

describe('a request for financing as a message of ISO 20022', () => {
  it(
    'is reserved, paid out or taken back as any claim, as the page shows it',
    async () => {
      const { officer, approver } = await bank('A');
      const fact = taxInvoice({ total: usd('100000.00') });
      await record(await taxOfficer(), fact);
      const page = readFileSync(new URL('../../../docs/how-to/iso20022.md', import.meta.url), 'utf8');
      const example = /```xml\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
      const group = `FIN-${randomUUID().slice(0, 8)}`;
      const message = (id: string, rate: string) =>
        example
          .replace('FIN-2026-001', id)
          .replace('24332000000012345678', fact.number)
          .replace('2027-02-23', inDays(90))
          .replace('<Rate>60<', `<Rate>${rate}<`);
      const send = async (to: string, body: string) => {
        const headers = { 'content-type': 'application/xml' };
        const answer = await officer.fetch('POST', `/iso20022/${to}`, { body, headers });
        return { status: answer.status, text: await answer.text() };
      };
      const statuses = (text: string) =>
        [...text.matchAll(/<FincgReqSts>(\w+)<\/FincgReqSts>/g)].map(([, status]) => status);
      const cancel = (id: string) =>
        send(
          'cancellation-requests',
          `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:tsin.003.001.01"><InvcFincgCxlReq>
           <CxlReqId><Id>C-1</Id><CreDtTm>2026-11-26T09:30:00Z</CreDtTm></CxlReqId>
           <CxlReqInf><OrgnlGrpId>${id}</OrgnlGrpId><OrgnlCreDtTm>2026-11-25T09:30:00Z</OrgnlCreDtTm>
           <FincgRqstr><PtyId><Nm>N</Nm></PtyId></FincgRqstr><FrstAgt/></CxlReqInf></InvcFincgCxlReq></Document>`,
        );

      const first = await send('financing-requests', message(group, '60'));
      expect([first.status, statuses(first.text)]).toEqual([200, ['PDNG']]);
      // The same goods do not carry another sixty per cent; once the first is taken back they do.
      const second = await send('financing-requests', message(`${group}-B`, '50'));
      expect(statuses(second.text)).toEqual(['NTFD']);
      expect(second.text).toContain('<Prtry>EXCEEDS_BALANCE</Prtry>');
      const taken = await cancel(group);
      expect([taken.status, taken.text]).toEqual([200, expect.stringContaining('<Sts>PACK</Sts>')]);
      const third = await send('financing-requests', message(`${group}-C`, '50'));
      expect(statuses(third.text)).toEqual(['PDNG']);

      const listed = await officer.get(`/claims?applicationNumber=${encodeURIComponent(`${group}-C/1`)}`);
      const [claimed] = listAt(listed.body, 'items');
      const id = textAt(claimed, 'id');
      expect((await approver.post(`/claims/${id}/acceptance`, {})).status).toBe(200);
      const paid = await officer.post(`/claims/${id}/disbursement`, {});
      expect(paid.body).toMatchObject({ state: 'disbursed' });
      const late = await cancel(`${group}-C`);
      expect(late.text).toContain('<Sts>REJT</Sts>');
      const stands = await officer.fetch('GET', `/iso20022/financing-requests/${group}-C`);
      expect(await stands.text()).toMatch(/FNCD[\s\S]*<Amt Ccy="USD">50000.00<\/Amt>/);
    },
    patienceMs,
  );
});

describe('a batch of which every item is refused', () => {
  it(
    'is answered with every verdict, and orders nothing',
    async () => {
      const reader = await BlockReader.open(consortium());
      try {
        const { officer } = await bank('A');
        // Together far more than fits into an error of gRPC.
        const claims = Array.from({ length: 100 }, () => {
          const one = claim(reference(declaration()), usd('3.00'));
          const lines = Array.from({ length: 3 }, () => ({
            document: reference(declaration()),
            amount: usd('1.00'),
          }));
          return { ...one, lines };
        });
        const before = await reader.height();
        const { status, body } = await officer.post('/claims/batch', { claims });
        expect(status).toBe(200);
        const items = listAt(body, 'items');
        expect(items.map(({ index, status: verdict }) => [index, verdict])).toEqual(
          claims.map((_, index) => [index, 'refused']),
        );
        expect(new Set(items.map((item) => at(item, 'problem.code')))).toEqual(new Set(['NOT_VERIFIED']));
        expect(await reader.height()).toBe(before);
      } finally {
        reader.close();
      }
    },
    patienceMs,
  );

  it(
    'is answered though each of its claims has as many lines as there may be',
    async () => {
      const { officer } = await bank('A');
      const claims = Array.from({ length: 100 }, () => ({
        ...claim(reference(declaration()), usd('50.00')),
        lines: Array.from({ length: 50 }, () => ({
          document: reference(declaration()),
          amount: usd('1.00'),
        })),
      }));
      const { status, body } = await officer.post('/claims/batch', { claims });
      expect(status).toBe(200);
      const items = listAt(body, 'items');
      expect(items.map((item) => at(item, 'problem.code'))).toEqual(claims.map(() => 'NOT_VERIFIED'));
      expect(items.every((item) => listAt(item, 'problem.lines').length === 50)).toBe(true);
    },
    patienceMs,
  );

  it('and a single claim with as many failing lines says so too', async () => {
    const { officer } = await bank('A');
    const lines = Array.from({ length: 3 }, () => ({
      document: reference(declaration()),
      amount: usd('1.00'),
    }));
    const { status, body } = await officer.post('/claims', {
      ...claim(reference(declaration()), usd('3.00')),
      lines,
    });
    expect([status, at(body, 'code')]).toEqual([409, 'NOT_VERIFIED']);
    expect(listAt(body, 'lines')).toHaveLength(3);
  });

  it('documents too', async () => {
    const customs = await customsOfficer();
    const bad = Array.from({ length: 100 }, () => JSON.stringify(declaration({ total: usd('-1.00') })));
    const response = await customs.fetch('POST', '/facts/import', {
      body: bad.join('\n'),
      headers: { 'content-type': 'application/x-ndjson' },
    });
    const verdicts = (await response.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(verdicts.map((one) => at(one, 'code'))).toEqual(bad.map(() => 'AMOUNT_NOT_POSITIVE'));
  });
});

withCases('the batches that were not answered (skipped unless ../shared/cases exists)', () => {
  it('F01: an import of eighty items of which nobody knows what they are', async () => {
    const body = paper('F01-import-80-unknown-items.json', 'no number', 'no number');
    const verdicts = await sendImport(await customsOfficer(), body, 'application/json');
    expect(verdicts).toHaveLength(80);
    expect(new Set(verdicts.map(({ status, code }) => `${String(status)} ${String(code)}`))).toEqual(
      new Set(['refused INPUT_INVALID']),
    );
  });

  it(
    'F01c: a hundred claims on three documents each that nobody has recorded',
    async () => {
      const { officer } = await bank('A');
      const body = JSON.parse(
        paper('F01c-claims-batch-100x3-unknown-documents.json', 'no number', 'no number').toString(),
      ) as { claims: Record<string, unknown>[] };
      const dueDate = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);
      // The file's own application numbers are the same for everybody who posts it to this bank.
      const claims = body.claims.map((one) => ({ ...one, applicationNumber: freshNumber(), dueDate }));
      const answer = await officer.post('/claims/batch', { claims });
      expect(answer.status).toBe(200);
      const items = listAt(answer.body, 'items');
      expect(items).toHaveLength(100);
      expect(new Set(items.map((item) => at(item, 'problem.code')))).toEqual(new Set(['NOT_VERIFIED']));
    },
    patienceMs,
  );
});
