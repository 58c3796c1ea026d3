import { Alert, Anchor, Paper, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../api/client.js';
import { LanguageSwitch } from '../app/language-switch.js';
import { organisation } from '../app/organisation.js';
import { CommandForm } from '../ui/form/command-form.js';

/** Whoever was invited chooses their own secret with the code that the admin handed them. */
export function Invitation() {
  const { t } = useTranslation();
  const [isAccepted, setIsAccepted] = useState(false);
  return (
    <main className="door">
      <Paper withBorder shadow="sm" p="xl" className="door-panel">
        <LanguageSwitch />
        <Title order={1} size="h3" mb="md">
          {t('session.accept', { organisation: organisation.title })}
        </Title>
        {isAccepted ? (
          <Alert color="green" role="status">
            {t('session.accepted')}
          </Alert>
        ) : (
          <CommandForm
            fields={[
              { name: 'enrolmentId', kind: 'text', required: true },
              { name: 'code', kind: 'secret', required: true },
              { name: 'secret', kind: 'secret', label: 'newSecret', required: true, hint: 'secret' },
            ]}
            submit="session.acceptIt"
            send={(body) => api.POST('/invitations/acceptance', { body })}
            onDone={() => {
              setIsAccepted(true);
            }}
          />
        )}
        <Text size="sm" mt="md">
          <Anchor component={Link} to="/">
            {t('session.signIn')}
          </Anchor>
        </Text>
      </Paper>
    </main>
  );
}
