import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client.js';
import { useLanguage } from '../i18n/language.js';
import { useSession } from '../session/session.js';

/** The other language, in its own words. The choice is kept here and, for whoever is signed in, at the gateway. */
export function LanguageSwitch() {
  const { t } = useTranslation();
  const { language, keep } = useLanguage();
  const { own } = useSession();
  const other = language === 'en' ? 'zh' : 'en';
  return (
    <Button
      variant="subtle"
      size="xs"
      lang={other === 'zh' ? 'zh-CN' : 'en'}
      onClick={() => {
        void keep(other);
        if (own === undefined) return;
        // Where the gateway is not reached, the choice holds in this browser.
        api.PUT('/sessions/current/language', { body: { language: other } }).catch(() => undefined);
      }}
    >
      {t('language.other')}
    </Button>
  );
}
