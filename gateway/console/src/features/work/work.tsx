import { Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useOwn } from '../../session/session.js';
import { Page } from '../../ui/page.js';
import { Inbox } from './inbox.js';
import { Shortcuts } from './shortcuts.js';

// Each is one role's: nobody loads those of the others.
const AdminWork = lazy(async () => ({ default: (await import('./admin-work.js')).AdminWork }));
const ExporterWork = lazy(async () => ({ default: (await import('./exporter-work.js')).ExporterWork }));
const InsurerWork = lazy(async () => ({ default: (await import('./insurer-work.js')).InsurerWork }));
const LastImport = lazy(async () => ({ default: (await import('./last-import.js')).LastImport }));

/** The first page: what waits for this person. */
export function Work() {
  const { t } = useTranslation();
  const { person, warning, certificateEndsAt, organisation, may } = useOwn();
  const isOffice = organisation.kind === 'customs' || organisation.kind === 'tax';
  return (
    <Page title={t('page./')}>
      {warning !== undefined && (
        <p role="status">{t('work.certificate', { date: certificateEndsAt.slice(0, 10) })}</p>
      )}
      {person.role !== 'admin' && <Inbox />}
      <Suspense fallback={<Skeleton height={120} role="status" aria-label={t('ui.loading')} />}>
        {person.role === 'admin' && <AdminWork />}
        {isOffice && may.includes('recordFacts') && <LastImport />}
        {organisation.kind === 'insurer' && person.role !== 'admin' && <InsurerWork />}
        {may.includes('readOwnDocuments') && <ExporterWork />}
      </Suspense>
      {person.role !== 'admin' && <Shortcuts />}
    </Page>
  );
}
