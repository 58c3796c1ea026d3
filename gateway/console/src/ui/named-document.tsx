import { useTranslation } from 'react-i18next';
import { DocumentNumber } from './document-number.js';

interface Named {
  readonly type: string;
  readonly number: string;
}

/** A document as people speak of it: what it is, and its number as printed. */
export function NamedDocument({
  document,
  copy = false,
}: {
  readonly document: Named;
  readonly copy?: boolean;
}) {
  const { t } = useTranslation();
  return (
    <span className="named">
      {t(`type.${document.type}`)} <DocumentNumber value={document.number} copy={copy} />
    </span>
  );
}
