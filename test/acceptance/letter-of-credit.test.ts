import { randomInt } from 'node:crypto';
import type { FactInput } from '@pledgeonce/chaincode/api.js';
import { at, listAt, moneyAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { BlockReader } from './support/block-reader.js';
import { bank, consortium, customsOfficer, person, type BankPeople } from './support/consortium.js';
import { claim, declaration, exporter, inDays, record, reference, usd, verify } from './support/documents.js';
import { eventually } from './support/eventually.js';
import { expectRefused } from './support/nothing-written.js';

const applicant = { scheme: 'LEI', id: '529900T8BM49AURSDO55', name: 'Importer' } as const;

/** Issue 12, point 8: an advising bank's letter of credit, drawn under together with the declaration. */
describe('export bills under a letter of credit', () => {
  let reader: BlockReader;
  let a: BankPeople;
  let b: BankPeople;
  beforeAll(async () => {
    [reader, a, b] = await Promise.all([BlockReader.open(consortium()), bank('A'), bank('B')]);
  });
  afterAll(() => {
    reader.close();
  });

  const credit = (): FactInput => ({
    ...declaration({ buyer: applicant }),
    type: 'letter-of-credit',
    number: `LC${randomInt(1e12)}`,
    letterOfCredit: { issuingBank: 'DEUTDEFF', expiresOn: inDays(60), presentBy: inDays(30) },
  });
  const buy = ({ officer }: BankPeople, paper: FactInput, under: FactInput, amount: string) => {
    const { type, number } = under;
    const cover = [{ document: { type, number }, amount: usd(amount) }];
    return officer.post('/claims', claim(reference(paper), usd(amount), { product: 'discount', cover }));
  };
  const left = async ({ officer }: BankPeople, { type, number, total }: FactInput) => {
    const particulars = { enterprise: exporter, total };
    return (await officer.post('/verifications', { document: { type, number }, particulars })).body;
  };
  const conflict = (code: string) => ({ status: 409, code });

  it('is used by all banks together, amended by the one that advised it, and tells no names', async () => {
    const customs = await customsOfficer();
    const lc = credit();
    const [one, other] = [declaration({ buyer: applicant }), declaration({ buyer: applicant })];
    for (const paper of [one, other]) await record(customs, paper);
    const fact = await record(a.officer, lc);
    for (const people of [a, b]) {
      for (const paper of [one, other]) expect((await verify(people.officer, paper)).status).toBe(200);
      expect(await left(people, lc)).toMatchObject({ result: 'match', remaining: usd('1000.00') });
    }
    await expectRefused(reader, () => customs.post('/facts', credit()), {
      status: 403,
      code: 'WRONG_ORGANISATION',
    });
    const made = await buy(a, one, lc, '600.00');
    expect([made.status, made.body]).toMatchObject([
      201,
      { product: 'discount', cover: [{ drawn: usd('600.00') }] },
    ]);
    await expectRefused(reader, () => buy(b, other, lc, '400.01'), conflict('EXCEEDS_BALANCE'));
    const seen = await left(b, lc);
    expect(moneyAt(seen, 'remaining')).toEqual(usd('400.00'));
    expect(JSON.stringify(seen)).not.toMatch(/Importer|DEUTDEFF|BankA/);
    const patch = (people: BankPeople, changes: object) =>
      people.officer.request('PATCH', `/facts/${fact}`, { body: { changes, reason: 'Amendment 1.' } });
    await expectRefused(reader, () => patch(b, { total: usd('2000.00') }), {
      status: 403,
      code: 'WRONG_ORGANISATION',
    });
    expect((await patch(a, { total: usd('1200.00') })).status).toBe(200);
    expect(await left(b, { ...lc, total: usd('1200.00') })).toMatchObject({ remaining: usd('600.00') });
    const second = await buy(b, other, lc, '600.00');
    expect(second.status).toBe(201);

    expect((await patch(a, { total: usd('1000.00') })).status).toBe(200);
    const accept = () => b.approver.post(`/claims/${textAt(second.body, 'id')}/acceptance`, {});
    await expectRefused(reader, accept, conflict('UNDERLYING_OVERDRAWN'));
    const expired = { issuingBank: 'DEUTDEFF', expiresOn: inDays(60), presentBy: inDays(-1) };
    expect((await patch(a, { total: usd('1200.00'), letterOfCredit: expired })).status).toBe(200);
    await expectRefused(reader, accept, conflict('CREDIT_EXPIRED'));
    expect((await patch(a, { letterOfCredit: lc.letterOfCredit })).status).toBe(200);
    expect((await accept()).status).toBe(200);

    // Each who may reads it: the bank that advised it, and its beneficiary.
    const notFound = { status: 404, code: 'FACT_NOT_FOUND' };
    await expectRefused(reader, () => b.officer.get(`/facts/${fact}`), notFound);
    expect((await a.officer.get(`/facts/${fact}`)).body).toMatchObject({
      letterOfCredit: { issuingBank: 'DEUTDEFF' },
    });
    const beneficiary = await person('EnterpriseMSP', 'exporter-1');
    const own = await beneficiary.post('/own-documents/look-up', {
      document: { type: lc.type, number: lc.number },
    });
    expect(at(own.body, 'document.number') ?? at(own.body, 'number')).toBe(lc.number);
    await eventually(async () => {
      const { body } = await a.officer.get(`/facts?type=letter-of-credit&number=${lc.number}`);
      return listAt(body, 'items').some((item) => item['id'] === fact);
    });
  });

  it('is refused where the claim does not fit it', async () => {
    const paper = declaration({ buyer: applicant });
    await record(await customsOfficer(), paper);
    const lc = credit();
    await record(a.officer, lc);
    const { type, number } = lc;
    const cover = [{ document: { type, number }, amount: usd('100.00') }];
    const asked = (more: object) => () =>
      a.officer.post(
        '/claims',
        claim(reference(paper), usd('100.00'), { product: 'discount', cover, ...more }),
      );
    const wrong = (field: string) => ({ status: 422, code: 'CREDIT_INVALID', field });
    await expectRefused(reader, asked({ product: 'factoring' }), wrong('product'));
    await expectRefused(
      reader,
      asked({ cover: [{ document: { type, number }, amount: usd('99.99') }] }),
      wrong('cover'),
    );
    await expectRefused(reader, () => a.officer.post('/facts', { ...credit(), letterOfCredit: undefined }), {
      status: 422,
      code: 'FIELD_REQUIRED',
      field: 'letterOfCredit',
    });
  });

  it('is one of two of a number that one bank has advised: whoever uses one says which bank has issued it', async () => {
    const paper = declaration({ buyer: applicant });
    await record(await customsOfficer(), paper);
    const lc = credit();
    const issuedBy = (issuingBank: string) => ({
      ...lc,
      letterOfCredit: { issuingBank, expiresOn: inDays(60), presentBy: inDays(30) },
    });
    for (const issuer of ['DEUTDEFF', 'BNPAFRPP']) await record(a.officer, issuedBy(issuer));
    await expectRefused(
      reader,
      () => a.officer.post('/facts', issuedBy('DEUTDEFFXXX')),
      conflict('FACT_EXISTS'),
    );
    const { type, number } = lc;
    const ask = (more: object) =>
      b.officer.post('/verifications', {
        document: { type, number, ...more },
        particulars: { enterprise: exporter, total: lc.total },
      });
    const which = (field: string) => ({ status: 422, code: 'ISSUER_REQUIRED', field });
    await expectRefused(reader, () => ask({}), which('document.issuer'));
    const issuer = { scheme: 'MSP', id: 'BankAMSP' };
    await expectRefused(reader, () => ask({ issuer }), which('document.issuingBank'));
    expect((await verify(b.officer, paper)).status).toBe(200);
    for (const issuingBank of ['DEUTDEFF', 'BNPAFRPP'])
      expect((await ask({ issuingBank })).body).toMatchObject({ result: 'match', remaining: usd('1000.00') });
    expect((await ask({ issuingBank: 'COBADEFF' })).body).toMatchObject({ result: 'not-found' });
    const under = (more: object) => () =>
      b.officer.post(
        '/claims',
        claim(reference(paper), usd('400.00'), {
          product: 'discount',
          cover: [{ document: { type, number, ...more }, amount: usd('400.00') }],
        }),
      );
    await expectRefused(reader, under({}), { status: 422, code: 'ISSUER_REQUIRED' });
    const made = await under({ issuingBank: 'BNPAFRPP' })();
    expect([made.status, at(made.body, 'cover.0.document.issuingBank')]).toEqual([201, 'BNPAFRPP']);
    expect((await ask({ issuingBank: 'BNPAFRPP' })).body).toMatchObject({ remaining: usd('600.00') });
    expect((await ask({ issuingBank: 'DEUTDEFF' })).body).toMatchObject({ remaining: usd('1000.00') });
  });
});
