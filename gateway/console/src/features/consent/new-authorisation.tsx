import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api } from '../../api/client.js';
import { once } from '../../api/use-read.js';
import { CommandForm } from '../../ui/form/command-form.js';
import { Page } from '../../ui/page.js';
import { categories } from './authorisations.js';

/** Let one bank ask for one's records: which, for what, from when to when, and how often. */
export function NewAuthorisation() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <Page title={t('begin./authorisations/new')}>
      <p>{t('consent.what')}</p>
      <CommandForm
        draft="authorisation"
        fields={[
          { name: 'bank', kind: 'text', required: true, hint: 'bank' },
          { name: 'categories', kind: 'choices', options: categories, words: 'category' },
          { name: 'purpose', kind: 'text', label: 'purposeText', required: true },
          { name: 'from', kind: 'date', label: 'validFrom', required: true },
          { name: 'to', kind: 'date', label: 'validTo', required: true },
          { name: 'uses', kind: 'number', required: true },
        ]}
        initial={{ categories: ['basic'], uses: 1 }}
        submit="consent.grant"
        send={(body, key) => api.POST('/authorisations', { params: once(key), body })}
        onDone={() => {
          void navigate('/authorisations');
        }}
      />
    </Page>
  );
}
