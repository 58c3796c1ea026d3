import { Alert, Button, Group, List, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useOwn } from '../../session/session.js';
import { NamedDocument } from '../../ui/named-document.js';
import { PrintedNumber } from '../../ui/printed-number.js';
import { Section } from '../../ui/section.js';
import { StateBadge } from '../../ui/state-badge.js';
import { VerificationReceipt } from '../certificates/receipt.js';
import { ObjectLink } from '../objections/object-link.js';
import type { Answer, Question } from './question.js';
import { WhatBinds } from './what-binds.js';
import { WhatIsLeft } from './what-is-left.js';

interface Props {
  readonly question: Question;
  readonly answer: Answer;
}

/** What the registry says of a document, and the way on: a claim on what is left. */
export function Verdict({ question, answer }: Props) {
  const { t } = useTranslation();
  const { may } = useOwn();
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    place.current?.focus();
  }, [answer]);
  const { result, mismatches, warnings } = answer;
  const { document, particulars } = question;
  return (
    <Section title={t('verify.answer')} place={place}>
      <Group mb="sm">
        <StateBadge state={result} />
        <NamedDocument document={document} copy />
        <PrintedNumber value={answer.printedNumber} />
        {result === 'match' && <ObjectLink document={document} enterprise={particulars.enterprise} />}
      </Group>
      <Text mb="sm">{t(`verify.${result}`)}</Text>
      {mismatches.length > 0 && (
        <List mb="sm">
          {mismatches.map((field) => (
            <List.Item key={field}>{t('verify.differs', { field: t(`field.${field}`) })}</List.Item>
          ))}
        </List>
      )}
      <WhatIsLeft question={question} answer={answer} />
      <WhatBinds question={question} answer={answer} />
      {warnings.map(({ warning }) => (
        <Alert key={warning} color="yellow" mt="sm">
          {t(`warning.${warning}`)}
        </Alert>
      ))}
      {result === 'match' && may.includes('reserveClaims') && <ClaimIt question={question} answer={answer} />}
      <VerificationReceipt question={question} />
    </Section>
  );
}

/** The way to a claim, with what is known of the document already there. */
function ClaimIt({ question: { document, particulars }, answer: { remaining } }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <Button
      my="md"
      onClick={() => {
        void navigate('/claims/new', {
          state: { document, enterprise: particulars.enterprise, remaining, total: particulars.total },
        });
      }}
    >
      {t('verify.claim')}
    </Button>
  );
}
