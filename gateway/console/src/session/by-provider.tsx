import { Alert, Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { organisation } from '../app/organisation.js';

/** What the gateway says in the address, where somebody came back from the provider and was not let in. */
const refused = new URLSearchParams(location.search).get('refused');

/** The way in by the organisation's own identity provider, and why it led nowhere. */
export function ByProvider() {
  const { t } = useTranslation();
  const { provider } = organisation;
  if (provider === undefined) return null;
  return (
    <>
      {refused !== null && (
        <Alert color="red" role="alert" mb="md">
          {t(refused === 'PROVIDER_REFUSED' ? 'session.providerRefused' : 'session.providerAway')}
        </Alert>
      )}
      <Button component="a" href="/sign-in/provider" variant="default" fullWidth mb="md">
        {provider === '' ? t('session.byProvider') : t('session.byNamedProvider', { provider })}
      </Button>
    </>
  );
}
