import { Alert } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.js';
import { once } from '../../api/use-read.js';
import { useOwn } from '../../session/session.js';
import { Steps } from '../../ui/steps.js';
import type { Step } from '../../ui/steps.js';
import { InvitationCode } from './invitation-code.js';
import { roles } from './person.js';
import type { PersonView } from './person.js';

/** What an admin can do with a person; nobody changes their own role or state. */
export function PersonSteps({ of: { id, role, state, awaits } }: { readonly of: PersonView }) {
  const { t } = useTranslation();
  const { person } = useOwn();
  const [code, setCode] = useState<string>();
  if (person.id === id) return <span className="faint">{t('people.yourself')}</span>;
  const params = (key: string) => ({ path: { id }, ...once(key) });
  const showCode = (data: unknown) => {
    setCode((data as { invitation?: { code: string } }).invitation?.code);
  };
  const confirm: Step = {
    name: 'confirm',
    fields: [],
    ...(awaits?.by === person.id && { blocked: 'ownWork' }),
    send: (_body, key) => api.POST('/people/{id}/confirmation', { params: params(key), body: {} }),
    onDone: showCode,
  };
  const steps: readonly Step[] = [
    ...(awaits === undefined ? [] : [confirm]),
    {
      name: 'changeRole',
      fields: [{ name: 'role', kind: 'choice', required: true, options: roles, words: 'role' }],
      initial: { role },
      send: (body, key) => api.PATCH('/people/{id}', { params: params(key), body }),
    },
    {
      name: 'resetSecret',
      fields: [],
      send: (_body, key) => api.POST('/people/{id}/invitation', { params: params(key), body: {} }),
      onDone: showCode,
    },
    state === 'suspended'
      ? {
          name: 'resume',
          fields: [],
          send: (_body, key) => api.PATCH('/people/{id}', { params: params(key), body: { state: 'active' } }),
        }
      : {
          name: 'suspend',
          fields: [],
          send: (_body, key) =>
            api.PATCH('/people/{id}', { params: params(key), body: { state: 'suspended' } }),
        },
    {
      name: 'remove',
      danger: true,
      fields: [],
      send: (_body, key) => api.DELETE('/people/{id}', { params: params(key) }),
    },
  ];
  if (state === 'removed') return null;
  return (
    <>
      {code !== undefined && (
        <Alert color="green" role="status" mb="xs">
          <InvitationCode id={id} code={code} />
        </Alert>
      )}
      <Steps of={steps} record={`person/${id}`} inRow />
    </>
  );
}
