/**
 * Currencies of ISO 4217 in which a document can be paid, by the number of decimals of their minor unit.
 * Codes without a minor unit (gold, testing, no currency) are missing on purpose: nothing is paid in them.
 */
const byDecimals: readonly (readonly [decimals: number, codes: string])[] = [
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
  [
    2,
    'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF ' +
      'CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD ' +
      'GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL ' +
      'MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR ' +
      'PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP ' +
      'TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG',
  ],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
  [4, 'CLF UYW'],
];

const decimals: ReadonlyMap<string, number> = new Map(
  byDecimals.flatMap(([places, codes]) => codes.split(' ').map((code) => [code, places] as const)),
);

/** Every accepted code, in alphabetical order. */
export const currencies: readonly string[] = [...decimals.keys()].sort();

/** Decimals of the minor unit; undefined when the code is unknown or stands for no currency. */
export function decimalsOf(currency: string): number | undefined {
  return decimals.get(currency);
}
