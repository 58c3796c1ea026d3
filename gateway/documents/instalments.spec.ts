import { factInputSchema } from '@pledgeonce/chaincode/api.js';
import { parseDocument } from './parse-document.js';
import { sample } from './testing/paper-samples.js';

const read = async (text: string) => {
  const { facts, warnings } = await parseDocument(Buffer.from(text), 'application/xml');
  const [fact] = facts.map((one) => factInputSchema.parse(one));
  const terms = warnings.filter(({ field }) => /Terms|PartialPayment/.test(field ?? ''));
  return { fact, terms: terms.map(({ detail }) => detail) };
};
const eur = (amount: string) => ({ amount, currency: 'EUR' });

/** Of the samples EUR 10,000.50 are to pay. */
const ubl = (...terms: string[]) =>
  sample('invoice.ubl.xml').replace(
    '<cac:TaxTotal>',
    `${terms.map((one) => `<cac:PaymentTerms>${one}</cac:PaymentTerms>`).join('')}<cac:TaxTotal>`,
  );
const due = (day: string, amount: string) =>
  `<cbc:Amount currencyID="EUR">${amount}</cbc:Amount><cbc:InstallmentDueDate>${day}</cbc:InstallmentDueDate>`;

describe('an invoice with several days of payment', () => {
  it('in UBL is one of instalments, in the order of their days; the last of them says when all is due', async () => {
    const { fact, terms } = await read(ubl(due('2026-09-01', '4000.50'), due('2026-06-01', '6000')));
    expect(fact?.instalments).toEqual([
      { dueDate: '2026-06-01', amount: eur('6000.00') },
      { dueDate: '2026-09-01', amount: eur('4000.50') },
    ]);
    expect(fact?.details?.paymentDueDate).toBe('2026-09-01');
    expect(terms).toEqual([]);
  });

  it('may state shares, and name the day by the means of payment', async () => {
    const means = (id: string, day: string) =>
      `<cac:PaymentMeans><cbc:ID>${id}</cbc:ID><cbc:PaymentDueDate>${day}</cbc:PaymentDueDate></cac:PaymentMeans>`;
    const term = (id: string) =>
      `<cbc:PaymentMeansID>${id}</cbc:PaymentMeansID><cbc:PaymentPercent>50.0</cbc:PaymentPercent>`;
    const text = ubl(term('A'), term('B')).replace(
      '<cac:PaymentTerms>',
      `${means('A', '2026-06-01')}${means('B', '2026-07-01')}<cac:PaymentTerms>`,
    );
    expect((await read(text)).fact?.instalments).toEqual([
      { dueDate: '2026-06-01', amount: eur('5000.25') },
      { dueDate: '2026-07-01', amount: eur('5000.25') },
    ]);
  });

  it('in CII is one of instalments too', async () => {
    const term = (day: string, amount: string) =>
      `<ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime><udt:DateTimeString format="102">${day}</udt:DateTimeString></ram:DueDateDateTime><ram:PartialPaymentAmount>${amount}</ram:PartialPaymentAmount></ram:SpecifiedTradePaymentTerms>`;
    const text = sample('invoice.cii.xml')
      .replace(/<ram:SpecifiedTradePaymentTerms>.*?<\/ram:SpecifiedTradePaymentTerms>/s, '')
      .replace(
        '<ram:SpecifiedTradeSettlementHeaderMonetarySummation>',
        `${term('20260601', 'HALF')}${term('20260801', 'REST')}<ram:SpecifiedTradeSettlementHeaderMonetarySummation>`,
      );
    const [, payable = ''] = /<ram:DuePayableAmount[^>]*>([\d.]+)</.exec(text) ?? [];
    const cents = Math.round(Number(payable) * 100);
    const written = (minor: number) => (minor / 100).toFixed(2);
    const whole = text.replace('HALF', '1.00').replace('REST', written(cents - 100));
    const { fact } = await read(whole);
    expect(fact?.instalments?.map(({ dueDate, amount }) => [dueDate, amount.amount])).toEqual([
      ['2026-06-01', '1.00'],
      ['2026-08-01', written(cents - 100)],
    ]);
  });

  it.each([
    ['whose amounts do not add up', [due('2026-06-01', '6000'), due('2026-09-01', '4000')], /together/],
    [
      'that does not say how much',
      [due('2026-06-01', '').replace(/<cbc:Amount.*Amount>/, ''), due('2026-09-01', '1')],
      /how much/,
    ],
    [
      'with shares of a cent',
      [
        '<cbc:PaymentPercent>33.333333</cbc:PaymentPercent><cbc:PaymentDueDate>2026-06-01</cbc:PaymentDueDate>',
        '<cbc:PaymentPercent>66.666667</cbc:PaymentPercent><cbc:PaymentDueDate>2026-07-01</cbc:PaymentDueDate>',
      ],
      /no whole amount/,
    ],
    [
      'before its date of issue',
      [due('2026-02-01', '6000'), due('2026-09-01', '4000.50')],
      /before the date/,
    ],
    [
      'with an amount of no day',
      [
        due('2026-06-01', '6000'),
        due('2026-09-01', '4000.50'),
        '<cbc:Amount currencyID="EUR">1</cbc:Amount>',
      ],
      /no day/,
    ],
  ])('%s is recorded without them, and a warning says why', async (_which, parts, why) => {
    const { fact, terms } = await read(ubl(...parts));
    expect(fact).not.toHaveProperty('instalments');
    expect(fact?.details?.paymentDueDate).toBe('2026-06-01');
    expect(terms).toEqual([expect.stringMatching(why)]);
  });

  it('is not made of one day, however often it is named', async () => {
    const { fact, terms } = await read(ubl(due('2026-06-01', '6000'), due('2026-06-01', '4000.50')));
    expect(fact).not.toHaveProperty('instalments');
    expect(terms).toEqual([]);
  });
});
