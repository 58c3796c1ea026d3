import { useTranslation } from 'react-i18next';
import { useOwn } from '../../session/session.js';
import { Page } from '../../ui/page.js';
import { AdminWork } from './admin-work.js';
import { Inbox } from './inbox.js';

/** The first page: what waits for this person. */
export function Work() {
  const { t } = useTranslation();
  const { person, warning, certificateEndsAt } = useOwn();
  return (
    <Page title={t('page./')}>
      {warning !== undefined && (
        <p role="status">{t('work.certificate', { date: certificateEndsAt.slice(0, 10) })}</p>
      )}
      {person.role === 'admin' ? <AdminWork /> : <Inbox />}
    </Page>
  );
}
