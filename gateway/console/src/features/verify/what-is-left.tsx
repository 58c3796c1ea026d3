import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Day } from '../../ui/dates.js';
import { Money } from '../../ui/money.js';
import { BalanceBar } from '../../ui/pictures/balance-bar.js';
import { drawnOf } from './drawn-of.js';
import type { Answer, Question } from './question.js';

interface Props {
  readonly question: Question;
  readonly answer: Answer;
}

/** How much of a document can still be financed, as a figure and as a bar. */
export function WhatIsLeft({ question, answer: { remaining, instalments = [], liveDraws } }: Props) {
  const { t } = useTranslation();
  const { total } = question.particulars;
  if (remaining === undefined) return null;
  return (
    <>
      <Text fw={600}>
        {t('verify.left')} <Money value={remaining} />
      </Text>
      {total?.currency === remaining.currency && (
        <BalanceBar total={total} drawn={drawnOf(total.amount, remaining.amount)} label="draw" />
      )}
      {instalments.map((one) => (
        <Text key={one.dueDate} size="sm">
          {t('verify.leftUntil')} <Day value={one.dueDate} />: <Money value={one.remaining} />
        </Text>
      ))}
      {liveDraws !== undefined && <Text size="sm">{t('verify.draws', { count: liveDraws })}</Text>}
    </>
  );
}
