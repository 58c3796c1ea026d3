import { Button, Modal, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ByProvider } from './by-provider.js';
import { Credentials } from './credentials.js';
import { DevelopmentPeople } from './development-people.js';
import { organisation } from '../app/organisation.js';
import { useSession } from './session.js';

/** Covers the page when the session is over. What was typed lies under it and is there again afterwards. */
export function SignInAgain() {
  const { t } = useTranslation();
  const { own, leave } = useSession();
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={t('session.expired')}
      overlayProps={{ backgroundOpacity: 0.9, blur: 6 }}
    >
      <Text mb="md">{t('session.expiredHint')}</Text>
      <ByProvider />
      <Credentials knownId={own?.person.id ?? ''} />
      {organisation.development === true && <DevelopmentPeople />}
      <Button variant="subtle" size="xs" mt="md" onClick={leave}>
        {t('session.another')}
      </Button>
    </Modal>
  );
}
