import { Alert, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { LanguageSwitch } from '../../app/language-switch.js';
import { api } from '../../api/client.js';
import { useOwn } from '../../session/session.js';
import { Moment } from '../../ui/dates.js';
import { CommandForm } from '../../ui/form/command-form.js';
import { Page } from '../../ui/page.js';
import { Particulars } from '../../ui/particulars.js';
import { Section } from '../../ui/section.js';
import { OwnSessions } from './own-sessions.js';

/** Who one is here, until when one's certificate holds, one's language and one's secret. */
export function Profile() {
  const { t } = useTranslation();
  const { person, organisation, certificateEndsAt, expiresAt } = useOwn();
  const [isChanged, setIsChanged] = useState(false);
  return (
    <Page title={t('page./profile')}>
      <Section title={person.id}>
        <Particulars
          of={[
            ['role', t(`role.${person.role}`)],
            ['organisation', organisation.title],
            ['uscc', person.uscc],
            ['party', person.party && `${person.party.scheme} ${person.party.id}`],
            ['certificateEndsAt', <Moment key="ends" value={certificateEndsAt} />],
            ['sessionEndsAt', <Moment key="session" value={expiresAt} zone />],
            ['language', <LanguageSwitch key="language" />],
          ]}
        />
      </Section>
      {person.role !== 'admin' && (
        <Section title={t('page./profile/notifications')}>
          <Text mb="sm">{t('notifications.about')}</Text>
          <Link to="/profile/notifications">{t('notifications.choose')}</Link>
        </Section>
      )}
      <OwnSessions />
      <Section title={t('profile.secret')}>
        {isChanged && (
          <Alert color="green" role="status" mb="md">
            {t('profile.changed')}
          </Alert>
        )}
        <CommandForm
          key={String(isChanged)}
          fields={[
            { name: 'secret', kind: 'secret', label: 'presentSecret', required: true },
            { name: 'newSecret', kind: 'secret', required: true, hint: 'secret' },
          ]}
          submit="profile.change"
          send={(body) => api.POST('/sessions/current/secret', { body })}
          onDone={() => {
            setIsChanged(true);
          }}
        />
      </Section>
    </Page>
  );
}
