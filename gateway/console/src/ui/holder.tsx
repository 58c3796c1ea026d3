import { useTranslation } from 'react-i18next';
import { api } from '../api/client.js';
import { useRead } from '../api/use-read.js';

/** A bank as a record names it; where it was merged into another, who has its holdings now. */
export function Holder({ of }: { readonly of: string }) {
  const { t } = useTranslation();
  const { data } = useRead(['successions'], () => api.GET('/registry/successions', {}));
  const holder = data?.items.find(({ member }) => member === of)?.holder;
  return <>{holder === undefined ? of : t('ui.formerly', { holder, member: of })}</>;
}
