import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** What is known of a record: names and values. What is not there is not shown. */
export function Particulars({ of }: { readonly of: readonly (readonly [key: string, value: ReactNode])[] }) {
  const { t } = useTranslation();
  return (
    <dl className="particulars">
      {of
        .filter(([, value]) => value !== undefined && value !== null && value !== false && value !== '')
        .map(([key, value]) => (
          <div key={key}>
            <dt>{t(`field.${key}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
