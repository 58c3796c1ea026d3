import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../ui/problem-note.js';
import { useSession } from './session.js';

interface Props {
  readonly knownId?: string;
}

/** Enrolment id and secret. What is secret is kept nowhere. */
export function Credentials({ knownId = '' }: Props) {
  const { t } = useTranslation();
  const [id, setId] = useState(knownId);
  const [secret, setSecret] = useState('');
  const { submit, error, isBusy } = useSignIn(() => {
    setSecret('');
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit(id.trim(), secret);
      }}
    >
      {error !== undefined && <ProblemNote error={error} />}
      <Stack gap="sm">
        <TextInput
          label={t('field.enrolmentId')}
          name="username"
          autoComplete="username"
          required
          value={id}
          readOnly={knownId !== ''}
          onChange={(event) => {
            setId(event.currentTarget.value);
          }}
        />
        <PasswordInput
          label={t('field.secret')}
          name="password"
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': t('ui.showSecret') }}
          required
          value={secret}
          onChange={(event) => {
            setSecret(event.currentTarget.value);
          }}
        />
        <Button type="submit" loading={isBusy} disabled={id.trim() === '' || secret === ''}>
          {t('session.signIn')}
        </Button>
      </Stack>
    </form>
  );
}

/** Signs in, and says how it goes; after a refusal the secret is typed anew. */
function useSignIn(forget: () => void) {
  const { signIn } = useSession();
  const [error, setError] = useState<unknown>();
  const [isBusy, setIsBusy] = useState(false);
  const submit = async (id: string, secret: string) => {
    setIsBusy(true);
    setError(undefined);
    try {
      await signIn(id, secret);
    } catch (refusal) {
      forget();
      setError(refusal);
    } finally {
      setIsBusy(false);
    }
  };
  return { submit, error, isBusy };
}
