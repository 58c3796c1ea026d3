import type { PartyId } from '@pledgeonce/chaincode/api.js';

type Scheme = PartyId['scheme'];

/** Schemes as papers write them, by the register that they mean. One register has one scheme, however it is written. */
const byName: ReadonlyMap<string, Scheme> = new Map<string, Scheme>([
  ['VAT', 'VAT'],
  ['VA', 'VAT'],
  ['GST', 'GST'],
  ['GSTIN', 'GSTIN'],
  ['PAN', 'PAN'],
  ['VKN', 'VKN'],
  ['CNPJ', 'CNPJ'],
  ['EIN', 'EIN'],
  ['NIT', 'NIT'],
  ['RUC', 'RUC'],
  ['FC', 'TAX'],
  ['TIN', 'TAX'],
  ['TAX', 'TAX'],
  ['TCKN', 'TAX'],
  ['USCC', 'USCC'],
  ['USCI', 'USCC'],
  ['BRN', 'LEGAL'],
  ['UEN', 'LEGAL'],
  ['ABN', 'LEGAL'],
  ['MERSISNO', 'LEGAL'],
  ['IEC', 'LEGAL'],
  ['EORI', 'EORI'],
  ['LEI', 'LEI'],
  ['GLN', 'GLN'],
  ['DUNS', 'DUNS'],
  ['D-U-N-S', 'DUNS'],
]);

/** Codes of ISO 6523 and of the electronic addresses (EAS) whose numbers are VAT numbers, by the country before them. */
const vatCountries: ReadonlyMap<string, string> = new Map(
  (
    '0211IT 9906IT 9909NO 9910HU 9914AT 9920ES 9922AD 9923AL 9924BA 9925BE 9926BG 9927CH 9928CY 9929CZ 9930DE 9931EE ' +
    '9932GB 9933EL 9934HR 9935IE 9936LI 9937LT 9938LU 9939LV 9940MC 9941ME 9942MK 9943MT 9944NL 9945PL 9946PT 9947RO ' +
    '9948RS 9949SI 9950SK 9951SM 9952TR 9953VA 9955SE 9957FR'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 4), entry.slice(4)]),
);

const byCode: ReadonlyMap<string, Scheme> = new Map<string, Scheme>([
  ['0060', 'DUNS'],
  ['0088', 'GLN'],
  ['0199', 'LEI'],
  ['0213', 'VAT'],
  ['9912', 'VAT'],
  ['9959', 'EIN'],
  ...['0210', '0221', '0230', '0235', '0245', '9907'].map((code) => [code, 'TAX'] as const),
  ...['9901', '9902', '9908', '9919', '9956'].map((code) => [code, 'LEGAL'] as const),
]);

/** Codes of ISO 6523 that name no organisation of its own: addresses, offices, articles, accounts, networks. */
const noRegisters: ReadonlySet<string> = new Set(
  '0130 0135 0142 0160 0177 0189 0193 0201 0202 0203 0204 0205 0209 0216 0225'.split(' '),
);

/**
 * The register that the name or the code of a scheme means, and the id as that register writes it.
 *
 * @returns undefined for what is no register: an email address, a routing number, a bank account, a name of somebody's own.
 */
export function registered(scheme: string, id: string): PartyId | undefined {
  const name = scheme.trim().toUpperCase();
  const country = vatCountries.get(name);
  if (country !== undefined) {
    return { scheme: 'VAT', id: /^[A-Za-z]{2}/.test(id) ? id : country + id };
  }
  const known = byName.get(name) ?? byCode.get(name);
  if (known !== undefined) return { scheme: known, id };
  // The other codes of ISO 6523 are registers of companies, country by country.
  return /^0\d{3}$/.test(name) && !noRegisters.has(name) ? { scheme: 'LEGAL', id } : undefined;
}
