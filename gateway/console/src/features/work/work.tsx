import { useTranslation } from 'react-i18next';
import { useOwn } from '../../session/session.js';
import { Page } from '../../ui/page.js';
import { AdminWork } from './admin-work.js';
import { ExporterWork } from './exporter-work.js';
import { Inbox } from './inbox.js';
import { InsurerWork } from './insurer-work.js';
import { LastImport } from './last-import.js';
import { Shortcuts } from './shortcuts.js';

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
      {person.role === 'admin' ? (
        <AdminWork />
      ) : (
        <>
          <Inbox />
          {isOffice && may.includes('recordFacts') && <LastImport />}
          {organisation.kind === 'insurer' && <InsurerWork />}
          {may.includes('readOwnDocuments') && <ExporterWork />}
          <Shortcuts />
        </>
      )}
    </Page>
  );
}
