import { kindOfPaper } from './type-codes.js';

const kind = (code?: string) => kindOfPaper('invoice', code, 'InvoiceTypeCode');

describe('what a paper is', () => {
  it.each(['81', '83', '261', '262', '296', '308', '381', '396', '420', '458', '502', '503', '532'])(
    'credits by code %s, whatever its root',
    (code) => {
      expect(kind(code).effect).toBe('credit');
      expect(kindOfPaper('debit-note', code, '').effect).toBe('credit');
    },
  );

  it.each(['380', '386', '389', '877', '935', undefined])('is owed by code %s', (code) => {
    expect(kind(code).effect).toBe('invoice');
  });

  it('credits by its root, whatever its code', () => {
    expect(kindOfPaper('credit-note', '380', '').effect).toBe('credit');
    expect(kindOfPaper('credit-note', undefined, '').effect).toBe('credit');
  });

  it('takes the place of its original by 384 and its kin', () => {
    expect(['384', '471', '472', '473'].map((code) => kind(code).effect)).toEqual(Array(4).fill('corrected'));
  });

  it('has the number of the buyer when the buyer wrote it', () => {
    expect(kind('389').selfBilled).toBe(true);
    expect(kind('261')).toMatchObject({ effect: 'credit', selfBilled: true });
    expect(kindOfPaper('self-billed-invoice', undefined, '').selfBilled).toBe(true);
    expect(kind('380').selfBilled).toBe(false);
  });

  it.each(['325', '751'])('is no receivable by code %s', (code) => {
    expect(() => kind(code)).toThrow(/^NOT_A_RECEIVABLE/);
    expect(() => kindOfPaper('credit-note', code, '')).toThrow(/^NOT_A_RECEIVABLE/);
  });

  it.each(['999', '01', 'SATIS', '0380'])('is refused by name with code %s', (code) => {
    expect(() => kind(code)).toThrow(`The code ${code} is on no list`);
  });
});
