import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Page } from '../ui/page.js';

export function Missing() {
  const { t } = useTranslation();
  return (
    <Page title={t('ui.missing')}>
      <Text mb="sm">{t('ui.missingHint')}</Text>
      <Anchor component={Link} to="/">
        {t('page./')}
      </Anchor>
    </Page>
  );
}
