const usccAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const usccWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** Unified social credit code of a Chinese organisation (GB 32100-2015), check character included. */
export function isUscc(code: string): boolean {
  if (code.length !== 18) return false;
  const values = Array.from(code).map((character) => usccAlphabet.indexOf(character));
  if (values.includes(-1)) return false;
  const sum = usccWeights.reduce((total, weight, place) => total + weight * (values[place] ?? 0), 0);
  return (31 - (sum % 31)) % 31 === values[17];
}

/** Legal entity identifier (ISO 17442): letters as 10 to 35, the whole number leaves 1 modulo 97. */
export function isLei(code: string): boolean {
  if (!/^[0-9A-Z]{18}\d{2}$/.test(code)) return false;
  return (
    BigInt(
      Array.from(code)
        .map((character) => parseInt(character, 36).toString())
        .join(''),
    ) %
      97n ===
    1n
  );
}

/** Shipping container (ISO 6346): owner, category U, J or Z, serial, check digit. */
export function isContainer(code: string): boolean {
  return /^[A-Z]{3}[UJZ]\d{7}$/.test(code) && freightCheckDigit(code.slice(0, -1)) === Number(code.slice(-1));
}

/** Ship (IMO number): the last of seven digits is that of the sum of the others, weighted 7 down to 2. */
export function isImo(code: string): boolean {
  if (!/^\d{7}$/.test(code)) return false;
  const sum = Array.from(code.slice(0, 6)).reduce(
    (total, digit, place) => total + Number(digit) * (7 - place),
    0,
  );
  return sum % 10 === Number(code[6]);
}

/** Whether a text has the shape of a movement reference number of the EU or the UK. */
export function looksLikeMrn(code: string): boolean {
  return /^\d{2}[A-Z]{2}[0-9A-Z]{13}\d$/.test(code);
}

/** Movement reference number: year, country, 13 characters, check digit as for containers. */
export function isMrn(code: string): boolean {
  return looksLikeMrn(code) && freightCheckDigit(code.slice(0, -1)) === Number(code.slice(-1));
}

/** Global location number (GS1): thirteen digits, weights 1 and 3 by turns. */
export function isGln(code: string): boolean {
  if (!/^\d{13}$/.test(code)) return false;
  const sum = Array.from(code).reduce(
    (total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 1 : 3),
    0,
  );
  return sum % 10 === 0;
}

/** Check digit of containers and movement references: values times powers of two, modulo 11, where 10 becomes 0. */
function freightCheckDigit(characters: string): number {
  const sum = Array.from(characters).reduce(
    (total, character, place) => total + freightValue(character) * 2 ** place,
    0,
  );
  return (sum % 11) % 10;
}

/** Digits count as themselves, letters from A = 10 on, leaving out the multiples of eleven. */
function freightValue(character: string): number {
  const value = parseInt(character, 36);
  return value + (value > 10 ? 1 : 0) + (value > 20 ? 1 : 0) + (value > 30 ? 1 : 0);
}
