import fc from 'fast-check';
import { partySchemes, type PartyId } from '../schemas.js';
import { canonicalParty } from './parties.js';

const canonical = (scheme: PartyId['scheme'], id: string) => canonicalParty({ scheme, id }, 'seller').id;

describe('registered ids', () => {
  it.each([
    ['GST', 'M2-7654321-K', 'M27654321K'],
    ['GST', '47 555 222 000', '47555222000'],
    ['GSTIN', '27AAACP1234C1Z5', '27AAACP1234C1Z5'],
    ['PAN', 'aaacp1234c', 'AAACP1234C'],
    ['VKN', '1234567890', '1234567890'],
    ['CNPJ', '12.345.678/0001-95', '12345678000195'],
    ['EIN', '12-3456789', '123456789'],
    ['NIT', '900.508.908-9', '9005089089'],
    ['RUC', '20100113612', '20100113612'],
    ['TAX', '201/113/40209', '20111340209'],
    ['VAT', 'nl 8200.98.395.B.01', 'NL820098395B01'],
  ] as const)('takes %s %p', (scheme, id, expected) => {
    expect(canonical(scheme, id)).toBe(expected);
  });

  it.each([
    ['TAX', 'F-skatt'],
    ['VAT', 'Godkänd för F-skatt'],
    ['GST', 'registered'],
    ['GSTIN', 'AAACP1234C'],
    ['PAN', '27AAACP1234C1Z5'],
    ['VKN', '12345'],
    ['EIN', '1234567890'],
  ] as const)('refuses %s %p', (scheme, id) => {
    expect(() => canonical(scheme, id)).toThrow(/^PARTY_INVALID/);
  });

  it('does not see what nobody sees: a Hangul filler makes no second firm', () => {
    expect(canonical('LEGAL', 'ACME\u3164\u115f1')).toBe('ACME1');
    expect(() => canonical('LEGAL', '\u3164')).toThrow(/^PARTY_INVALID/);
  });

  it('is a projection under every scheme', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...partySchemes),
        fc.string({ unit: 'grapheme', maxLength: 20 }),
        (scheme, id) => {
          let once: string;
          try {
            once = canonical(scheme, id);
          } catch {
            return;
          }
          expect(canonical(scheme, once)).toBe(once);
        },
      ),
    );
  });
});
