import { Alert, Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ApiProblem, OfflineError } from '../api/problem.js';
import { useSentence } from '../i18n/sentence.js';
import { ProblemLines } from './problem-lines.js';

interface Props {
  readonly error: unknown;
  readonly onAgain?: (() => unknown) | undefined;
}

/** Why something could not be done, in the reader's language, and the one thing that helps. */
export function ProblemNote({ error, onAgain }: Props) {
  const { t } = useTranslation();
  const sentence = useSentence();
  const isOffline =
    error instanceof OfflineError || (error instanceof Error && !(error instanceof ApiProblem));
  const isPassing =
    isOffline || (error instanceof ApiProblem && (error.status >= 500 || error.status === 429));
  const code = error instanceof ApiProblem ? error.code : undefined;
  return (
    <Alert color={isPassing ? 'yellow' : 'red'} role="alert" tabIndex={-1} className="problem" mb="md">
      <Text>{isOffline ? t('problem.offline') : sentence(error as ApiProblem)}</Text>
      {error instanceof ApiProblem && <ProblemLines problem={error} />}
      {code === 'VERSION_CONFLICT' || code === 'CONCURRENT_CHANGE' ? (
        <Text mt="xs">{t('problem.conflict')}</Text>
      ) : null}
      {onAgain !== undefined && (isPassing || code === 'VERSION_CONFLICT') && (
        <Button variant="light" color="gray" size="xs" mt="sm" onClick={() => void onAgain()}>
          {t('problem.again')}
        </Button>
      )}
      {code !== undefined && (
        <Text size="xs" c="dimmed" mt="xs">
          {code}
        </Text>
      )}
    </Alert>
  );
}
