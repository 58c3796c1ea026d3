import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api } from '../../api/client.js';
import { once } from '../../api/use-read.js';
import { CommandForm } from '../../ui/form/command-form.js';
import { Page } from '../../ui/page.js';
import { Section } from '../../ui/section.js';

/** Apply for an online loan; the answer and its reasons are there within seconds. */
export function NewLoan() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <Page title={t('begin./loan-applications/new')}>
      <Section title={t('loan.application')}>
        <CommandForm<{ id: string }>
          draft="loan"
          fields={[
            { name: 'bank', kind: 'text', required: true, hint: 'bank' },
            { name: 'amount', kind: 'money', required: true },
            { name: 'tenorDays', kind: 'number', required: true },
            { name: 'purpose', kind: 'text', label: 'purposeText', required: true },
            { name: 'authorisation', kind: 'text', required: true, hint: 'authorisation' },
            { name: 'lines', kind: 'lines', required: true, withTotal: true },
          ]}
          initial={{
            amount: { currency: 'USD' },
            lines: [
              {
                document: { type: 'customs-declaration', number: '' },
                total: { amount: '', currency: 'USD' },
                amount: { amount: '', currency: 'USD' },
              },
            ],
          }}
          submit="loan.apply"
          send={(body, key) => api.POST('/loan-applications', { params: once(key), body })}
          onDone={({ id }) => {
            void navigate(`/loan-applications/${id}`);
          }}
        />
      </Section>
    </Page>
  );
}
