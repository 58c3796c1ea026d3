import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import type { Schemas } from '@pledgeonce/client';
import { api } from '../../api/client.js';
import { once } from '../../api/use-read.js';
import { CommandForm } from '../../ui/form/command-form.js';
import { Page } from '../../ui/page.js';

/** Let a bank draw on one's documents, or on the one that a page hands on. */
export function NewConsent() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { document } = (useLocation().state ?? {}) as { readonly document?: Schemas['Document'] };
  return (
    <Page title={t('begin./consents/new')}>
      <p>{t('consents.hint')}</p>
      <CommandForm
        draft={`consent/${document?.number ?? 'new'}`}
        fields={[
          { name: 'bank', kind: 'text', required: true, hint: 'bank' },
          { name: 'document', kind: 'document', required: false, hint: 'everyDocument' },
          { name: 'until', kind: 'date', label: 'lastDay', hint: 'noLastDay' },
        ]}
        initial={{ document: document ?? { type: 'customs-declaration' } }}
        submit="consents.give"
        send={(body, key) => api.POST('/consents', { params: once(key), body })}
        onDone={() => {
          void navigate('/consents');
        }}
      />
    </Page>
  );
}
