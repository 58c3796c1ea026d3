import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** How the paper prints its number, where the registry writes it in another spelling. */
export function PrintedNumber({ value }: { readonly value: string | undefined }) {
  const { t } = useTranslation();
  if (value === undefined) return null;
  return (
    <Text span size="sm" c="dimmed">
      {t('ui.printed', { number: value })}
    </Text>
  );
}
