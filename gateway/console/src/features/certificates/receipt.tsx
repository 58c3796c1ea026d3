import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.js';
import { once } from '../../api/use-read.js';
import { useLanguage } from '../../i18n/language.js';
import { Steps } from '../../ui/steps.js';
import type { Question } from '../verify/question.js';
import { ends, verificationParticulars } from './particulars.js';
import { takeDocument } from './take-document.js';

/** The answer of the registry on paper: it is asked once more, so that its nodes sign what stands there. */
export function VerificationReceipt({ question }: { readonly question: Question }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  return (
    <>
      <Steps
        record={`receipt/${question.document.type}/${question.document.number}`}
        of={[
          {
            name: 'takeReceipt',
            secondary: true,
            fields: [
              { name: 'shows', kind: 'choices', options: verificationParticulars, words: 'field' },
              ends,
            ],
            initial: { shows: verificationParticulars },
            send: (body: { shows?: readonly string[] }, key) =>
              api.POST('/certificates', {
                params: once(key),
                body: { shows: [], ...body, kind: 'verification', question } as never,
              }),
            onDone: (data) => {
              void takeDocument((data as { id: string }).id, language);
            },
          },
        ]}
      />
      <p className="faint">{t('certificate.receiptHint')}</p>
    </>
  );
}
