import { Button, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** A part of the console could not be loaded, or failed: mostly because a newer one has taken its place. */
export function Broken() {
  const { t } = useTranslation();
  return (
    <main className="door">
      <div role="alert">
        <Title order={1} size="h3">
          {t('ui.broken')}
        </Title>
        <Text my="md">{t('ui.brokenHint')}</Text>
        <Button
          onClick={() => {
            location.reload();
          }}
        >
          {t('ui.reload')}
        </Button>
      </div>
    </main>
  );
}
