import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../ui/problem-note.js';
import { useSession } from './session.js';

/** Enrolment id and secret. What is secret is kept nowhere. */
export function Credentials({
  knownId = '',
  onDone,
}: {
  readonly knownId?: string;
  readonly onDone?: () => void;
}) {
  const { t } = useTranslation();
  const { signIn } = useSession();
  const [id, setId] = useState(knownId);
  const [secret, setSecret] = useState('');
  const [error, setError] = useState<unknown>();
  const [isBusy, setIsBusy] = useState(false);
  const submit = async () => {
    setIsBusy(true);
    setError(undefined);
    try {
      await signIn(id.trim(), secret);
      onDone?.();
    } catch (refusal) {
      setSecret('');
      setError(refusal);
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
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
