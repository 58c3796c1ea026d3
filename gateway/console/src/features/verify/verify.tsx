import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.js';
import { CommandForm } from '../../ui/form/command-form.js';
import { Page } from '../../ui/page.js';
import { Section } from '../../ui/section.js';
import { BatchVerify } from './batch-verify.js';
import type { Answer, Question } from './question.js';
import { Verdict } from './verdict.js';

/** Does this document exist, do its particulars match, what is left: asked one by one or from a table. */
export function Verify() {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<{ question: Question; answer: Answer }>();
  return (
    <Page title={t('page./verify')}>
      <Section title={t('verify.one')}>
        <CommandForm<Answer>
          draft="verify"
          fields={[
            { name: 'document', kind: 'document' },
            { name: 'particulars.enterprise', kind: 'party', label: 'enterprise', required: true },
            { name: 'particulars.total', kind: 'money', label: 'documentTotal', required: true },
            { name: 'particulars.date', kind: 'date', label: 'date' },
          ]}
          initial={{
            document: { type: 'customs-declaration' },
            particulars: { enterprise: { scheme: 'USCC' }, total: { currency: 'USD' } },
          }}
          submit="verify.ask"
          send={async (body: Question) => {
            const reply = await api.POST('/verifications', { body });
            if (reply.data !== undefined) setAsked({ question: body, answer: reply.data });
            return reply;
          }}
          onDone={() => undefined}
        />
      </Section>
      {asked !== undefined && <Verdict {...asked} />}
      <BatchVerify />
    </Page>
  );
}
