import type { DocumentReference } from '@pledgeonce/chaincode/api.js';
import { BlockReader } from './support/block-reader.js';
import { bank, consortium, customsOfficer, type BankPeople } from './support/consortium.js';
import { declaration, otherExporter, record, reference, usd } from './support/documents.js';
import { exporterPerson } from './support/insured-trade.js';
import { expectRefused, writesSince } from './support/nothing-written.js';
import { disburse, reserve } from './support/steps.js';

describe('an exporter’s own document', () => {
  let a: BankPeople;
  let b: BankPeople;
  let reader: BlockReader;
  beforeAll(async () => {
    [a, b, reader] = await Promise.all([bank('A'), bank('B'), BlockReader.open(consortium())]);
  });
  afterAll(() => {
    reader.close();
  });

  it('shows what is left, and which bank holds which claim in which state', async () => {
    const exporter = await exporterPerson();
    const fact = declaration({ total: usd('1000.00') });
    await record(await customsOfficer(), fact);
    const paidOut = await disburse(a, reference(fact), usd('300.00'));
    const reserved = await reserve(b, reference(fact), usd('200.00'));
    const before = await reader.height();
    const { status, body } = await exporter.post('/own-documents/look-up', { document: reference(fact) });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      document: { type: 'customs-declaration', number: fact.number },
      status: 'active',
      total: usd('1000.00'),
      remaining: usd('500.00'),
    });
    const draws = body['draws'] as readonly { readonly id: string }[];
    expect(draws.find(({ id }) => id === paidOut)).toMatchObject({
      kind: 'claim',
      bank: a.msp,
      state: 'disbursed',
      outstanding: usd('300.00'),
    });
    expect(draws.find(({ id }) => id === reserved)).toMatchObject({ bank: b.msp, state: 'reserved' });
    expect(await writesSince(reader, before)).toBe(0);
  });

  it('is shown to nobody else, who does not learn that there is one', async () => {
    const exporter = await exporterPerson();
    const fact = declaration({ seller: { ...otherExporter, name: 'Another exporter' } });
    await record(await customsOfficer(), fact);
    const ask = (document: DocumentReference) => exporter.post('/own-documents/look-up', { document });
    const refused = { status: 404, code: 'FACT_NOT_FOUND', field: 'document' };
    await expectRefused(reader, () => ask(reference(fact)), refused);
    await expectRefused(reader, () => ask(reference(declaration())), refused);
    await expectRefused(
      reader,
      () => a.officer.post('/own-documents/look-up', { document: reference(fact) }),
      {
        status: 403,
        code: 'WRONG_ORGANISATION',
      },
    );
  });
});
