import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { NamedDocument } from '../../ui/named-document.js';
import { TradeGraph } from '../../ui/pictures/trade-graph.js';
import type { Answer, Question } from './question.js';

interface Props {
  readonly question: Question;
  readonly answer: Answer;
}

/** The documents that bind what is left, in a sentence and, where they are others than the one asked about, as a picture. */
export function WhatBinds({ question: { document, particulars }, answer: { limitedBy } }: Props) {
  const { t } = useTranslation();
  if (limitedBy === undefined || limitedBy.documents.length === 0) return null;
  const { documents } = limitedBy;
  const others = documents.filter(({ type, number }) => type !== document.type || number !== document.number);
  return (
    <>
      <Text size="sm">
        {t('problem.boundBy')}{' '}
        {documents.map((one) => (
          <NamedDocument key={one.type + one.number} document={one} />
        ))}
      </Text>
      {others.length > 0 && (
        <TradeGraph
          documents={[
            { ...document, amount: particulars.total, cites: [], isSubject: true },
            ...others.map((one) => ({ ...one, cites: [] })),
          ]}
          boundBy={documents}
        />
      )}
    </>
  );
}
