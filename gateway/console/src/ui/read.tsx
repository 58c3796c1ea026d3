import { Skeleton } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from './problem-note.js';

interface Props<T> {
  readonly of: UseQueryResult<T>;
  readonly children: (data: T) => ReactNode;
}

/** What was read, while it is read, and why it could not be. */
export function Read<T>({ of, children }: Props<T>) {
  const { t } = useTranslation();
  if (of.isError) return <ProblemNote error={of.error} onAgain={of.refetch} />;
  if (of.isPending) return <Skeleton height={120} role="status" aria-label={t('ui.loading')} />;
  return children(of.data);
}
