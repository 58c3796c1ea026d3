import { accountOf, accountText, debtorAccountOf, isAccount, partyOfAccount } from './accounts.js';

const uscc = { scheme: 'USCC', id: '91330200MA2CKXQ85H' } as const;
const lei = { scheme: 'LEI', id: '5493001KJTIIGC8Y1R12' } as const;
const vat = { scheme: 'VAT', id: 'DE811128135' } as const;
const eori = { scheme: 'EORI', id: 'DE811128135' } as const;
const duns = { scheme: 'DUNS', id: '150483782' } as const;

describe('an account', () => {
  it('is one text for each party, and says whose it is', () => {
    const parties = [uscc, lei, vat, eori];
    const texts = parties.map(accountText);
    expect(texts[0]).toBe(uscc.id);
    expect(new Set(texts).size).toBe(texts.length);
    expect(texts.map(partyOfAccount)).toEqual(parties);
    expect(texts.every(isAccount)).toBe(true);
  });

  it('of a debtor abroad is under the first of its ids that can have one, whatever the order on the paper', () => {
    expect(debtorAccountOf([duns, eori, vat])).toBe(accountText(vat));
    expect(debtorAccountOf([vat, lei])).toBe(accountText(lei));
    expect(debtorAccountOf([duns])).toBeUndefined();
    expect(accountOf([lei, vat])).toBeUndefined();
  });

  it.each([
    '',
    'VAT:',
    'DE811128135',
    'DUNS:150483782',
    'LEI:5493001KJTIIGC8Y1R13',
    'VAT:de 811128135',
    uscc.id.replace('H', 'G'),
  ])('is not %j', (text) => {
    expect(isAccount(text)).toBe(false);
  });
});
