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
export function PersonSteps({ of }: { readonly of: PersonView }) {
  const { t } = useTranslation();
  const { person } = useOwn();
  const [code, setCode] = useState<string>();
  const { id, state } = of;
  if (person.id === id) return <span className="faint">{t('people.yourself')}</span>;
  if (state === 'removed') return null;
  const steps = stepsOf(of, person.id, (data) => {
    setCode((data as { invitation?: { code: string } }).invitation?.code);
  });
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

function stepsOf(
  { id, role, state, awaits }: PersonView,
  admin: string,
  onCode: (data: unknown) => void,
): readonly Step[] {
  const params = (key: string) => ({ path: { id }, ...once(key) });
  const turnTo = (name: string, next: 'active' | 'suspended'): Step => ({
    name,
    fields: [],
    send: (_body, key) => api.PATCH('/people/{id}', { params: params(key), body: { state: next } }),
  });
  const confirm: Step = {
    name: 'confirm',
    fields: [],
    ...(awaits?.by === admin && { blocked: 'ownWork' }),
    send: (_body, key) => api.POST('/people/{id}/confirmation', { params: params(key), body: {} }),
    onDone: onCode,
  };
  const giveBack: Step = {
    name: awaits?.by === admin ? 'takeBackProposal' : 'returnProposal',
    fields: [{ name: 'reason', kind: 'long', required: true }],
    send: (body, key) => api.POST('/people/{id}/return', { params: params(key), body }),
  };
  return [
    ...(awaits === undefined ? [] : [confirm, giveBack]),
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
      onDone: onCode,
    },
    {
      name: 'signOutPerson',
      fields: [],
      send: (_body, key) => api.DELETE('/people/{id}/sessions', { params: params(key) }),
    },
    state === 'suspended' ? turnTo('resume', 'active') : turnTo('suspend', 'suspended'),
    {
      name: 'remove',
      danger: true,
      fields: [],
      send: (_body, key) => api.DELETE('/people/{id}', { params: params(key) }),
    },
  ];
}
