import { useTranslation } from 'react-i18next';

export function ResemblanceReasons({ of }: { readonly of: readonly string[] }) {
  const { t } = useTranslation();
  return of.map((reason) => t(`resemblance.${reason}`)).join(', ');
}
