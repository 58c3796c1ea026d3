import { Alert } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.js';
import { once } from '../../api/use-read.js';
import { organisation as served } from '../../app/organisation.js';
import { useOwn } from '../../session/session.js';
import { CommandForm } from '../../ui/form/command-form.js';
import { Page } from '../../ui/page.js';
import { InvitationCode } from './invitation-code.js';
import { roles } from './person.js';

interface Invited {
  readonly id: string;
  readonly invitation?: { readonly code: string };
  readonly awaits?: unknown;
}

const ways = ['secret', 'provider'] as const;

/** Let somebody in. Who may approve needs the consent of a second admin. */
export function Invite() {
  const { t } = useTranslation();
  const { organisation } = useOwn();
  const [invited, setInvited] = useState<Invited>();
  return (
    <Page title={t('people.invite')}>
      {invited !== undefined && (
        <Alert color="green" role="status" mb="md">
          {invited.invitation === undefined ? (
            t(invited.awaits === undefined ? 'people.comesByProvider' : 'people.awaitsSecond', {
              id: invited.id,
            })
          ) : (
            <InvitationCode id={invited.id} code={invited.invitation.code} />
          )}
        </Alert>
      )}
      <CommandForm<Invited>
        draft="invite"
        fields={[
          { name: 'id', kind: 'text', label: 'enrolmentId', required: true },
          { name: 'role', kind: 'choice', required: true, options: roles, words: 'role' },
          ...(served.provider === undefined
            ? []
            : [{ name: 'signsInBy', kind: 'choice', required: true, options: ways, words: 'way' } as const]),
          ...(organisation.kind === 'enterprise'
            ? [{ name: 'uscc', kind: 'text' } as const, { name: 'party', kind: 'party' } as const]
            : []),
        ]}
        initial={{
          role: 'officer',
          ...(served.provider !== undefined && { signsInBy: 'provider' }),
          party: { scheme: 'VAT' },
        }}
        submit="people.invite"
        send={(body, key) => api.POST('/people', { params: once(key), body })}
        onDone={setInvited}
      />
    </Page>
  );
}
