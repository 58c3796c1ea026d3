import type { Money } from '@pledgeonce/chaincode/api.js';
import type { Language } from '../people/preferences.js';

/** An amount as it is printed: grouped as text, so that no digit passes through a floating-point number. */
export function writeMoney({ amount, currency }: Money): string {
  const [whole = '', fraction] = amount.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${currency} ${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** A day, from `YYYY-MM-DD`. */
export function writeDay(day: string, language: Language): string {
  return format(day, language, { dateStyle: 'long' });
}

/** A moment, to the second, in UTC. */
export function writeMoment(at: string, language: Language): string {
  return `${format(at, language, { dateStyle: 'long', timeStyle: 'medium', hourCycle: 'h23' })} UTC`;
}

function format(text: string, language: Language, options: Intl.DateTimeFormatOptions): string {
  const locale = language === 'zh' ? 'zh-CN' : 'en-GB';
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(new Date(text));
}
