import { randomInt } from 'node:crypto';
import type { FactInput } from '@pledgeonce/chaincode/api.js';
import type { Client } from '@pledgeonce/scripts/rest/client.js';
import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { BlockReader } from './support/block-reader.js';
import { auditor, bank, consortium, customsOfficer, person, taxOfficer } from './support/consortium.js';
import {
  cite,
  declaration,
  inDays,
  record,
  reference,
  taxInvoice,
  usd,
  verify,
} from './support/documents.js';
import { eventually } from './support/eventually.js';
import { expectRefused } from './support/nothing-written.js';

/** An amount that nobody has used, so that what looks alike is what this test recorded. */
const freshTotal = () => usd(`${randomInt(1_000_000, 900_000_000)}.${randomInt(10, 99)}`);

describe('papers of one sale that cite nothing', () => {
  let reader: BlockReader;
  let tax: Client;
  let customs: Client;
  let reads: Client;
  beforeAll(async () => {
    [reader, tax, customs, reads] = await Promise.all([
      BlockReader.open(consortium()),
      taxOfficer(),
      customsOfficer(),
      auditor(),
    ]);
  });
  afterAll(() => {
    reader.close();
  });

  /** In what a bank is told that a document resembles others, and whether somebody has looked. */
  async function warning(fact: FactInput): Promise<unknown> {
    const { body } = await verify((await bank('B')).officer, fact);
    return listAt(body, 'warnings').find((one) => at(one, 'warning') === 'near-duplicate');
  }
  /** The look-alikes of a document that are among these, with the reasons. */
  async function alike(id: string, others: readonly string[]): Promise<Record<string, unknown>> {
    const { body } = await reads.get(`/facts/${id}`);
    const found = listAt(body, 'nearDuplicates').filter((one) => others.includes(textAt(one, 'fact')));
    return Object.fromEntries(found.map((one) => [textAt(one, 'fact'), at(one, 'reasons')]));
  }

  it('an invoice and a declaration a hundred days apart: every bank is warned of both, until one cites the other', async () => {
    const total = freshTotal();
    const invoice = taxInvoice({ total, date: inDays(-100) });
    const declared = declaration({ total });
    const first = await record(tax, invoice);
    const second = await record(customs, declared);
    expect(await alike(second, [first])).toEqual({ [first]: ['parties'] });
    expect(await alike(first, [second])).toEqual({ [second]: ['parties'] });
    for (const paper of [invoice, declared]) {
      expect(await warning(paper)).toEqual({
        warning: 'near-duplicate',
        reasons: ['parties'],
        checked: false,
      });
    }
    const amended = await customs.request('PATCH', `/facts/${second}`, {
      body: { changes: { cites: [cite(invoice)] }, reason: 'The invoice was missing' },
    });
    expect(amended.status).toBe(200);
    expect(await alike(first, [second])).toEqual({});
    expect(await warning(invoice)).toBeUndefined();
  });

  it('a declaration that cites INV/n for INV-n', async () => {
    const number = `INV-${randomInt(1_000_000_000)}`;
    const invoice = taxInvoice({ number, total: freshTotal() });
    const first = await record(tax, invoice);
    const cited = { ...reference(invoice), number: number.replace('-', '/') };
    const second = await record(customs, declaration({ total: freshTotal(), cites: [cited] }));
    expect(await alike(second, [first])).toEqual({ [first]: ['citation'] });
  });

  it('two look-alike invoices stay near duplicates although an own paper cites both, before or after', async () => {
    const exporter = await person('EnterpriseMSP', 'exporter-1');
    for (const order of ['before', 'after'] as const) {
      const total = freshTotal();
      const [one, other] = [taxInvoice({ total }), taxInvoice({ total, date: inDays(-2) })];
      const own = taxInvoice({
        type: 'commercial-invoice',
        total: usd('0.01'),
        cites: [cite(one), cite(other)],
      });
      if (order === 'before') await record(exporter, own);
      const first = await record(tax, one);
      const second = await record(tax, other);
      if (order === 'after') await record(exporter, own);
      expect(await alike(second, [first])).toEqual({ [first]: ['amount'] });
      expect(await warning(one)).toMatchObject({ checked: false });

      const { officer, approver } = await bank('A');
      for (const paper of [one, other]) {
        const reserved = await officer.post('/claims', {
          applicationNumber: `APP-${randomInt(1_000_000_000)}`,
          enterprise: { scheme: 'USCC', id: paper.seller.id },
          product: 'discount',
          amount: usd('10.00'),
          lines: [{ document: reference(paper), amount: usd('10.00') }],
          dueDate: inDays(30),
        });
        expect(reserved.status).toBe(201);
        const id = textAt(reserved.body, 'id');
        expect((await approver.post(`/claims/${id}/acceptance`, {})).status).toBe(200);
        expect((await officer.post(`/claims/${id}/disbursement`, {})).status).toBe(200);
      }
      const scan = await reads.post('/audit/scans', { financed: 'both' });
      const scanId = textAt(scan.body, 'id');
      // Where there are many documents it answers before it has seen them all.
      await eventually(async () => at((await reads.get(`/audit/scans/${scanId}`)).body, 'state') === 'done');
      const findings: unknown[] = [];
      for (let cursor: unknown = '0'; typeof cursor === 'string';) {
        const { body } = await reads.get(`/audit/scans/${scanId}/findings?cursor=${cursor}&limit=200`);
        findings.push(...listAt(body, 'items'));
        cursor = at(body, 'next');
      }
      const told = findings.map((finding) => JSON.stringify(finding));
      expect(told.some((text) => text.includes(first) && text.includes(second))).toBe(true);
    }
  }, 120_000);

  it('is checked by a second person with a remark; banks are told so; it goes when a paper is taken back', async () => {
    const total = freshTotal();
    const [one, other] = [taxInvoice({ total }), taxInvoice({ total, date: inDays(-1) })];
    const first = await record(tax, one);
    const second = await record(tax, other);
    const path = `/facts/${first}/near-duplicates/${second}/check`;
    const body = { remark: 'Two machines, two contracts: both seen.' };
    await expectRefused(reader, () => tax.post(path, body), { status: 403, code: 'PERMISSION_DENIED' });
    const { approver } = await bank('A');
    await expectRefused(reader, () => approver.post(path, body), { status: 403, code: 'WRONG_ORGANISATION' });
    const inspector = await person('RegulatorMSP', 'approver');
    const checked = await inspector.post(path, body);
    expect(checked.status).toBe(200);
    expect(at(listAt(checked.body, 'nearDuplicates')[0], 'checked')).toMatchObject({
      by: 'RegulatorMSP',
      ...body,
    });
    expect(await warning(other)).toMatchObject({ reasons: ['amount'], checked: true });
    await tax.post(`/facts/${second}/cancellation`, { reason: 'Issued by mistake' });
    expect(await warning(one)).toBeUndefined();
    await expectRefused(reader, () => inspector.post(path, body), {
      status: 404,
      code: 'NEAR_DUPLICATE_NOT_FOUND',
    });
  });
});
