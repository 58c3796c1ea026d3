import { Anchor, Group, Paper, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { LanguageSwitch } from '../app/language-switch.js';
import { organisation } from '../app/organisation.js';
import { ByProvider } from './by-provider.js';
import { Credentials } from './credentials.js';
import { DevelopmentPeople } from './development-people.js';

/** Where everybody begins: whose console it is, and who one is. */
export function SignIn() {
  const { t } = useTranslation();
  const title = `${t('session.signIn')} · ${organisation.title}`;
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <main className="door">
      <Paper withBorder shadow="sm" p="xl" className="door-panel">
        <Group justify="space-between" align="flex-start" wrap="nowrap" mb="lg">
          <div>
            <Title order={1} size="h3">
              {organisation.title}
            </Title>
            <Text c="dimmed" size="sm">
              {t('session.what')}
            </Text>
          </div>
          <LanguageSwitch />
        </Group>
        <ByProvider />
        <Credentials />
        <Text size="sm" mt="md">
          <Anchor component={Link} to="/invitation">
            {t('session.invited')}
          </Anchor>
        </Text>
        {organisation.development === true && <DevelopmentPeople />}
      </Paper>
    </main>
  );
}
