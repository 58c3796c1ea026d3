import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api } from '../../api/client.js';
import { once } from '../../api/use-read.js';
import { CommandForm } from '../../ui/form/command-form.js';
import { Page } from '../../ui/page.js';

/** Confirm, as the buyer of an invoice or an order, how much of it will be paid, and to whom. */
export function NewDebt() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const usd = { currency: 'USD' };
  return (
    <Page title={t('begin./debts/new')}>
      <p>{t('debts.hint')}</p>
      <CommandForm
        draft="debt"
        fields={[
          {
            name: 'document',
            kind: 'document',
            options: ['tax-invoice', 'commercial-invoice', 'purchase-order'],
          },
          { name: 'particulars.seller', kind: 'party', label: 'seller', required: true },
          { name: 'particulars.total', kind: 'money', label: 'documentTotal', required: true },
          { name: 'amount', kind: 'money', label: 'willPay', required: true },
          { name: 'payTo', kind: 'text', hint: 'payTo' },
        ]}
        initial={{
          document: { type: 'tax-invoice' },
          particulars: { seller: { scheme: 'USCC' }, total: usd },
          amount: usd,
        }}
        submit="debts.confirm"
        send={(body, key) => api.POST('/debts', { params: once(key), body })}
        onDone={() => {
          void navigate('/debts');
        }}
      />
    </Page>
  );
}
