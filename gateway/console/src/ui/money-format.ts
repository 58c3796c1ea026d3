export interface MoneyValue {
  readonly amount: string;
  readonly currency: string;
}

/**
 * Writes an amount as readers of a language do. The digits are grouped as text: no amount passes through a floating-point
 * number, so what is shown is what is registered, to the last minor unit.
 */
export function formatAmount(amount: string, language: string): string {
  const [, sign = '', whole = '', fraction] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount) ?? [];
  if (whole === '') return amount;
  const parts = new Intl.NumberFormat(language).formatToParts(-1234567.8);
  const separator = (type: string, otherwise: string) =>
    parts.find((part) => part.type === type)?.value ?? otherwise;
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, separator('group', ','));
  return `${sign === '' ? '' : '−'}${grouped}${fraction === undefined ? '' : separator('decimal', '.') + fraction}`;
}

/** Minor units of an amount, at the given number of decimals, for comparing and drawing. */
export function toUnits(amount: string, decimals = 4): bigint {
  const [whole = '0', fraction = ''] = amount.split('.');
  return BigInt(whole + fraction.padEnd(decimals, '0').slice(0, decimals));
}

/** The share of one amount in another, for drawing only, 0 to 1 and above. */
export function shareOf(part: string, all: string): number {
  const total = toUnits(all);
  return total === 0n ? 0 : Number((toUnits(part) * 10_000n) / total) / 10_000;
}

/** How far one amount lies from another, whichever is greater, with as many decimals as the first has. */
export function differenceOf(one: string, other: string): string {
  const decimals = one.split('.')[1]?.length ?? 0;
  const units = toUnits(one, decimals) - toUnits(other, decimals);
  const digits = String(units < 0n ? -units : units).padStart(decimals + 1, '0');
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
