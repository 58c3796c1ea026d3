import { Skeleton } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from './page.js';
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

/** A page that is what was read; where it could not be, the reason stands under a heading, as on every page. */
export function ReadPage<T>(props: Props<T>) {
  const { t } = useTranslation();
  if (!props.of.isError) return <Read {...props} />;
  return (
    <Page title={t('ui.unreadable')}>
      <Read {...props} />
    </Page>
  );
}
