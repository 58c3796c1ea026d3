import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.js';
import { once } from '../../api/use-read.js';
import { CommandForm } from '../../ui/form/command-form.js';
import { Page } from '../../ui/page.js';
import { Section } from '../../ui/section.js';
import { categories } from './authorisations.js';
import { CreditRecord } from './credit-record.js';
import type { Report } from './report.js';

/** Ask for an enterprise's records under its authorisation. Every query, refused ones too, stands on its log. */
export function NewQuery() {
  const { t } = useTranslation();
  const [report, setReport] = useState<Report>();
  return (
    <Page title={t('begin./credit-queries/new')}>
      <CommandForm<Report>
        draft="credit-query"
        fields={[
          { name: 'enterprise', kind: 'party', required: true },
          { name: 'authorisation', kind: 'text', required: true, hint: 'authorisation' },
          { name: 'categories', kind: 'choices', options: categories, words: 'category' },
          { name: 'purpose', kind: 'text', label: 'purposeText', required: true },
        ]}
        initial={{ enterprise: { scheme: 'USCC' }, categories: ['basic'] }}
        submit="consent.ask"
        send={(body, key) => api.POST('/credit-queries', { params: once(key), body })}
        onDone={setReport}
      />
      {report !== undefined && (
        <Section title={t('consent.report')}>
          {report.records.length === 0 && <p>{t('ui.nothing')}</p>}
          {report.records.map((record) => (
            <CreditRecord key={record.id} record={record} />
          ))}
        </Section>
      )}
    </Page>
  );
}
