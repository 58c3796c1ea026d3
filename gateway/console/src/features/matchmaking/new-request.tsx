import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api } from '../../api/client.js';
import { once } from '../../api/use-read.js';
import { CommandForm } from '../../ui/form/command-form.js';
import { Page } from '../../ui/page.js';
import { banksOf } from '../banks.js';

/** Ask several banks at once; nobody sees an offer before the deadline. */
export function NewRequest() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <Page title={t('begin./financing-requests/new')}>
      <CommandForm<{ id: string }>
        draft="request"
        fields={[
          { name: 'banks', kind: 'text', required: true, hint: 'banks' },
          {
            name: 'product',
            kind: 'choice',
            required: true,
            options: ['discount', 'factoring', 'invoice', 'order'],
            words: 'product',
          },
          { name: 'amount', kind: 'money', required: true },
          { name: 'tenorDays', kind: 'number', required: true },
          { name: 'purpose', kind: 'text', label: 'purposeText', required: true },
          { name: 'highestRate', kind: 'text', hint: 'rate' },
          { name: 'deadline', kind: 'moment', required: true, hint: 'deadline' },
          { name: 'lines', kind: 'lines', required: true },
        ]}
        initial={{
          product: 'discount',
          amount: { currency: 'USD' },
          lines: [
            {
              document: { type: 'customs-declaration', number: '' },
              amount: { amount: '', currency: 'USD' },
            },
          ],
        }}
        submit="request.post"
        send={(typed: { banks: string }, key) =>
          api.POST('/financing-requests', {
            params: once(key),
            body: { ...typed, banks: banksOf(typed.banks) } as never,
          })
        }
        onDone={({ id }) => {
          void navigate(`/financing-requests/${id}`);
        }}
      />
    </Page>
  );
}
