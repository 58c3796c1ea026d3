import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { api } from '../../api/client.js';
import { useRead } from '../../api/use-read.js';
import { useOwn } from '../../session/session.js';
import { Moment } from '../../ui/dates.js';
import { DocumentNumber } from '../../ui/document-number.js';
import { NamedDocument } from '../../ui/named-document.js';
import { Page } from '../../ui/page.js';
import { Particulars } from '../../ui/particulars.js';
import { ReadPage } from '../../ui/read.js';
import { Section } from '../../ui/section.js';
import { StateBadge } from '../../ui/state-badge.js';
import { Steps } from '../../ui/steps.js';
import { objectionSteps } from './objection-steps.js';
import type { ObjectionView } from './objection-view.js';

/** An objection: against what, by whom, what the holders say, and what was decided. */
export function Objection() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const objection = useRead(['objection', id], () =>
    api.GET('/objections/{id}', { params: { path: { id } } }),
  );
  return (
    <ReadPage of={objection}>
      {(data) => (
        <Page
          title={t('objection.title', { number: data.document.number })}
          state={<StateBadge state={data.state} />}
        >
          <ObjectionBody objection={data} />
        </Page>
      )}
    </ReadPage>
  );
}

function ObjectionBody({ objection }: { readonly objection: ObjectionView }) {
  const { t } = useTranslation();
  const own = useOwn();
  const { id, document, enterprise, raisedBy, objector, authority, holders, reason, evidence, decision } =
    objection;
  const steps = objectionSteps(objection, own);
  return (
    <>
      <Section title={t('claim.what')}>
        <Particulars
          of={[
            ['type', <NamedDocument key="document" document={document} copy />],
            ['seller', `${enterprise.scheme} ${enterprise.id}`],
            [
              'raisedBy',
              objector === undefined ? t(`kind.${raisedBy}`) : `${t(`kind.${raisedBy}`)} · ${objector}`,
            ],
            ['createdAt', <Moment key="at" value={objection.createdAt} />],
            ['reason', reason],
            ['evidence', evidence && <DocumentNumber key="evidence" value={evidence} />],
            ['authority', authority],
            ['holders', holders?.join(', ')],
          ]}
        />
      </Section>
      {steps.length > 0 && (
        <Section title={t('claim.next')}>
          <Steps of={steps} record={`objection/${id}`} />
        </Section>
      )}
      {decision !== undefined && (
        <Section title={t('objection.decision')}>
          <p>
            <strong>{t(`objectionOutcome.${decision.outcome}`)}</strong> · <Moment value={decision.at} />
          </p>
          <p>{decision.reason}</p>
        </Section>
      )}
      <Answers of={objection.answers} />
    </>
  );
}

function Answers({ of }: { readonly of: ObjectionView['answers'] }) {
  const { t } = useTranslation();
  return (
    <Section title={t('objection.answers')}>
      {of.length === 0 && <p>{t('objection.noAnswers')}</p>}
      <ul className="plain-list">
        {of.map(({ bank, text, evidence, at }) => (
          <li key={at + text}>
            <Moment value={at} /> · {bank ?? t('objection.aHolder')}
            <div>{text}</div>
            {evidence !== undefined && <DocumentNumber value={evidence} />}
          </li>
        ))}
      </ul>
    </Section>
  );
}
