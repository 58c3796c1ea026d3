import { useLanguage } from '../i18n/language.js';

/** A day as the reader writes it. Days of documents have no time zone. */
export function Day({ value }: { readonly value: string }) {
  const { language } = useLanguage();
  const text = new Intl.DateTimeFormat(locale(language), { dateStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(value.slice(0, 10)),
  );
  return <time dateTime={value.slice(0, 10)}>{text}</time>;
}

/** A moment in the reader's own time zone, which is shown where a deadline counts. */
export function Moment({ value, zone = false }: { readonly value: string; readonly zone?: boolean }) {
  const { language } = useLanguage();
  const text = new Intl.DateTimeFormat(locale(language), {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    ...(zone && { timeZoneName: 'short' }),
  }).format(new Date(value));
  return <time dateTime={value}>{text}</time>;
}

function locale(language: string): string {
  return language === 'zh' ? 'zh-CN' : 'en-GB';
}
