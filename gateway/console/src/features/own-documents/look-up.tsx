import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import type { Schemas } from '@pledgeonce/client';
import { api } from '../../api/client.js';
import { CommandForm } from '../../ui/form/command-form.js';
import { Page } from '../../ui/page.js';
import type { OwnDocument } from './own-document.js';
import { Standing } from './standing.js';

/** What is left of one's own document, whoever recorded it, and which banks hold claims on its trade. */
export function LookUp() {
  const { t } = useTranslation();
  const { document } = (useLocation().state ?? {}) as { readonly document?: Schemas['Document'] };
  const [found, setFound] = useState<OwnDocument>();
  return (
    <Page title={t('page./own-documents')}>
      <p>{t('ownDocument.hint')}</p>
      <CommandForm<OwnDocument>
        draft="own-document"
        fields={[{ name: 'document', kind: 'document' }]}
        initial={{ document: document ?? { type: 'customs-declaration' } }}
        submit="ownDocument.ask"
        send={(body) => api.POST('/own-documents/look-up', { body })}
        onDone={setFound}
      />
      {found !== undefined && <Standing of={found} isAnswer />}
    </Page>
  );
}
