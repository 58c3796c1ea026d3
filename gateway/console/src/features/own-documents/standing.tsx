import { Alert, Group, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useOwn } from '../../session/session.js';
import { Money } from '../../ui/money.js';
import { NamedDocument } from '../../ui/named-document.js';
import { BalanceBar } from '../../ui/pictures/balance-bar.js';
import { PrintedNumber } from '../../ui/printed-number.js';
import { Section } from '../../ui/section.js';
import { StateBadge } from '../../ui/state-badge.js';
import { ObjectLink } from '../objections/object-link.js';
import { drawnOf } from '../verify/drawn-of.js';
import type { OwnDocument } from './own-document.js';
import { OwnDraws } from './own-draws.js';

interface Props {
  readonly of: OwnDocument;
  /** It is what was asked for: the focus goes to it. */
  readonly isAnswer?: boolean;
}

/** Where an enterprise's own document stands: its balance, and who holds what on its trade. */
export function Standing({ of, isAnswer = false }: Props) {
  const { t } = useTranslation();
  const { person } = useOwn();
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    if (isAnswer) place.current?.focus();
  }, [of, isAnswer]);
  const { document, printedNumber, status, total, remaining, warnings, draws } = of;
  return (
    <Section title={t('ownDocument.standing')} place={place}>
      <Group mb="sm">
        <StateBadge state={status} />
        <NamedDocument document={document} copy />
        <PrintedNumber value={printedNumber} />
        {person.uscc !== undefined && (
          <ObjectLink document={document} enterprise={{ scheme: 'USCC', id: person.uscc }} />
        )}
      </Group>
      {remaining !== undefined && (
        <Text fw={600}>
          {t('verify.left')} <Money value={remaining} />
        </Text>
      )}
      {remaining !== undefined && total?.currency === remaining.currency && (
        <BalanceBar total={total} drawn={drawnOf(total.amount, remaining.amount)} label="draw" />
      )}
      {warnings.map(({ warning }) => (
        <Alert key={warning} color="yellow" mt="sm">
          {t(`warning.${warning}`)}
        </Alert>
      ))}
      <OwnDraws of={draws} />
    </Section>
  );
}
