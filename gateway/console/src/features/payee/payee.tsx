import { Alert } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { paths } from '@pledgeonce/client';
import { api } from '../../api/client.js';
import { once } from '../../api/use-read.js';
import { CommandForm } from '../../ui/form/command-form.js';
import { Page } from '../../ui/page.js';
import { Section } from '../../ui/section.js';
import { StateBadge } from '../../ui/state-badge.js';

type Answer = paths['/payee-look-ups']['post']['responses'][200]['content']['application/json'];

/** Whom a debtor pays an invoice to, since when. */
export function Payee() {
  const { t } = useTranslation();
  const [answer, setAnswer] = useState<Answer>();
  return (
    <Page title={t('page./payee')}>
      <CommandForm<Answer>
        draft="payee"
        fields={[
          { name: 'document', kind: 'document', options: ['commercial-invoice', 'tax-invoice'] },
          { name: 'particulars.seller', kind: 'party', label: 'seller', required: true },
          { name: 'particulars.total', kind: 'money', label: 'documentTotal', required: true },
        ]}
        initial={{
          document: { type: 'tax-invoice' },
          particulars: { seller: { scheme: 'USCC' }, total: { currency: 'USD' } },
        }}
        submit="payee.ask"
        send={(body, key) => api.POST('/payee-look-ups', { params: once(key) as never, body })}
        onDone={setAnswer}
      />
      {answer !== undefined && (
        <Section title={t('payee.answer')}>
          <StateBadge state={answer.result} />
          {answer.payee !== undefined && (
            <Alert mt="sm" role="status">
              <WhoIsPaid payee={answer.payee} />
            </Alert>
          )}
        </Section>
      )}
    </Page>
  );
}

function WhoIsPaid({ payee }: { readonly payee: NonNullable<Answer['payee']> }) {
  const { t } = useTranslation();
  return payee.kind === 'bank'
    ? t('payee.bank', { bank: payee.bank, date: payee.notified.date })
    : t(`payee.${payee.kind}`, { party: payee.party.name ?? payee.party.id });
}
