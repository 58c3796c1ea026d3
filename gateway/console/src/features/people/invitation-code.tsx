import { useTranslation } from 'react-i18next';
import { DocumentNumber } from '../../ui/document-number.js';

/** The code that an invited person chooses their secret with. It is shown once. */
export function InvitationCode({ id, code }: { readonly id: string; readonly code: string }) {
  const { t } = useTranslation();
  return (
    <>
      {t('people.code', { id })} <DocumentNumber value={code} />
      <div className="faint">{t('people.codeHint')}</div>
    </>
  );
}
