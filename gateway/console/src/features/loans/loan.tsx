import { List } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { api } from '../../api/client.js';
import { useRead } from '../../api/use-read.js';
import { useOwn } from '../../session/session.js';
import { Page } from '../../ui/page.js';
import { ReadPage } from '../../ui/read.js';
import { Section } from '../../ui/section.js';
import { StateBadge } from '../../ui/state-badge.js';
import { Steps } from '../../ui/steps.js';
import { LoanParticulars } from './loan-particulars.js';
import { loanSteps } from './loan-steps.js';
import type { LoanView } from './loans.js';

/** A loan application: what was asked for, what decided, and what people can do. */
export function Loan() {
  const { id = '' } = useParams();
  const loan = useRead(['loan', id], () => api.GET('/loan-applications/{id}', { params: { path: { id } } }));
  return <ReadPage of={loan}>{(data) => <LoanBody loan={data} />}</ReadPage>;
}

function LoanBody({ loan }: { readonly loan: LoanView }) {
  const { t } = useTranslation();
  const own = useOwn();
  const { id, state, purpose, reasons, decidedBy } = loan;
  const steps = loanSteps(loan, own);
  return (
    <Page title={purpose} state={<StateBadge state={state} />}>
      <LoanParticulars loan={loan} />
      {steps.length > 0 && (
        <Section title={t('claim.next')}>
          <Steps of={steps} record={`loan/${id}`} />
        </Section>
      )}
      <Section title={t('loan.why')}>
        {decidedBy !== undefined && <p>{t(`decidedBy.${decidedBy}`)}</p>}
        {reasons.length === 0 && <p>{t('loan.noReasons')}</p>}
        <List>
          {/* What a rule found the gateway of the bank wrote down in English, whoever reads it. */}
          {reasons.map(({ rule, detail }) => (
            <List.Item key={rule}>
              {t([`loanRule.${rule}`, 'loanRule.other'])}:{' '}
              {rule === 'person' ? detail : <span lang="en">{detail}</span>}
            </List.Item>
          ))}
        </List>
      </Section>
    </Page>
  );
}
