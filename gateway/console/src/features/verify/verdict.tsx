import { Alert, Button, Group, List, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useOwn } from '../../session/session.js';
import { Money } from '../../ui/money.js';
import { BalanceBar } from '../../ui/pictures/balance-bar.js';
import { TradeGraph } from '../../ui/pictures/trade-graph.js';
import { NamedDocument } from '../../ui/named-document.js';
import { Section } from '../../ui/section.js';
import { StateBadge } from '../../ui/state-badge.js';
import { ObjectLink } from '../objections/object-link.js';
import { VerificationReceipt } from '../certificates/receipt.js';
import { drawnOf } from './drawn-of.js';
import type { Answer, Question } from './question.js';

/** What the registry says of a document, and the way on: a claim on what is left. */
export function Verdict({ question, answer }: { readonly question: Question; readonly answer: Answer }) {
  const { t } = useTranslation();
  const { may } = useOwn();
  const navigate = useNavigate();
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    place.current?.focus();
  }, [answer]);
  const { result, mismatches, remaining, limitedBy, liveDraws, warnings } = answer;
  const { document, particulars } = question;
  const total = particulars.total;
  const others = (limitedBy?.documents ?? []).filter(
    ({ type, number }) => type !== document.type || number !== document.number,
  );
  return (
    <Section title={t('verify.answer')} place={place}>
      <Group mb="sm">
        <StateBadge state={result} />
        <NamedDocument document={document} copy />
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
      {remaining !== undefined && (
        <>
          <Text fw={600}>
            {t('verify.left')} <Money value={remaining} />
          </Text>
          {total !== undefined && total.currency === remaining.currency && (
            <BalanceBar total={total} drawn={drawnOf(total.amount, remaining.amount)} label="draw" />
          )}
          {liveDraws !== undefined && <Text size="sm">{t('verify.draws', { count: liveDraws })}</Text>}
        </>
      )}
      {limitedBy !== undefined && limitedBy.documents.length > 0 && (
        <>
          <Text size="sm">
            {t('problem.boundBy')}{' '}
            {limitedBy.documents.map((one) => (
              <NamedDocument key={one.type + one.number} document={one} />
            ))}
          </Text>
          {others.length > 0 && (
            <TradeGraph
              documents={[
                { ...document, amount: total, cites: [], isSubject: true },
                ...others.map((one) => ({ ...one, cites: [] })),
              ]}
              boundBy={limitedBy.documents}
            />
          )}
        </>
      )}
      {warnings.map((one) => (
        <Alert key={one.warning} color="yellow" mt="sm">
          {t(`warning.${one.warning}`)}
        </Alert>
      ))}
      {result === 'match' && may.includes('reserveClaims') && (
        <Button
          my="md"
          onClick={() => {
            void navigate('/claims/new', {
              state: { document, enterprise: particulars.enterprise, remaining },
            });
          }}
        >
          {t('verify.claim')}
        </Button>
      )}
      <VerificationReceipt question={question} />
    </Section>
  );
}
