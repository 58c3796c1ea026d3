import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api } from '../../api/client.js';
import { once } from '../../api/use-read.js';
import { CommandForm } from '../../ui/form/command-form.js';
import { Page } from '../../ui/page.js';
import { purposes } from './payments.js';

const backing = [
  'tax-filing',
  'freight-invoice',
  'capital-account-document',
  'commercial-invoice',
  'bill-of-lading',
  'rail-waybill',
  'warehouse-receipt',
] as const;

/** Mark a payment abroad against the documents that it is for. */
export function NewPayment() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <Page title={t('begin./payments/new')}>
      <CommandForm<{ id: string }>
        draft="payment"
        fields={[
          { name: 'reference', kind: 'text', required: true },
          { name: 'purpose', kind: 'choice', required: true, options: purposes, words: 'purpose' },
          { name: 'payer', kind: 'party', required: true },
          { name: 'payee', kind: 'text', required: true },
          { name: 'amount', kind: 'money', required: true },
          { name: 'paidOn', kind: 'date', required: true },
          { name: 'check', kind: 'text', hint: 'check' },
          { name: 'lines', kind: 'lines', options: backing },
        ]}
        initial={{
          purpose: 'service-trade',
          payer: { scheme: 'USCC' },
          amount: { currency: 'USD' },
          lines: [{ document: { type: 'tax-filing', number: '' }, amount: { amount: '', currency: 'USD' } }],
        }}
        submit="payment.mark"
        send={(body, key) => api.POST('/payments', { params: once(key), body })}
        onDone={({ id }) => {
          void navigate(`/payments/${id}`);
        }}
      />
    </Page>
  );
}
