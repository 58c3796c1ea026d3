import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api } from '../../api/client.js';
import { once } from '../../api/use-read.js';
import { CommandForm } from '../../ui/form/command-form.js';
import type { Field } from '../../ui/form/fields.js';
import { Page } from '../../ui/page.js';
import { products } from '../claims/claims.js';

/** Nothing was lent on a debtor's word before there was a registry to give it in. */
const takenProducts = products.filter((product) => product !== 'reverse-factoring');

const fields: readonly Field[] = [
  {
    name: 'line.reference',
    kind: 'text',
    label: 'applicationNumber',
    required: true,
    hint: 'applicationNumber',
  },
  { name: 'line.enterprise', kind: 'party', label: 'enterprise', required: true },
  {
    name: 'line.product',
    kind: 'choice',
    label: 'product',
    required: true,
    options: takenProducts,
    words: 'product',
  },
  { name: 'line.amount', kind: 'money', label: 'amount', required: true },
  { name: 'line.outstanding', kind: 'money', label: 'outstanding', required: true },
  { name: 'line.lines', kind: 'lines', label: 'lines', required: true },
  { name: 'line.paidOutOn', kind: 'date', label: 'paidOutOn', required: true },
  { name: 'line.dueDate', kind: 'date', label: 'dueDate', required: true },
  { name: 'reason', kind: 'long', required: true },
];

/** A loan that a bank had forgotten until its window was closed: what the book would have said, and why it comes so late. */
export function NewCorrection() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const usd = { currency: 'USD' };
  return (
    <Page title={t('begin./take-on/corrections/new')}>
      <p>{t('takeOn.late')}</p>
      <CommandForm
        draft="correction"
        fields={fields}
        initial={{
          line: {
            enterprise: { scheme: 'USCC' },
            product: 'invoice',
            amount: usd,
            outstanding: usd,
            lines: [{ document: { type: 'customs-declaration' }, amount: usd }],
          },
        }}
        submit="takeOn.propose"
        send={(body, key) => api.POST('/take-on/corrections', { params: once(key), body })}
        onDone={() => {
          void navigate('/take-on');
        }}
      />
    </Page>
  );
}
