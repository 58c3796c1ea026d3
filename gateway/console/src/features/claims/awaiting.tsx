import { Alert } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@pledgeonce/client';
import { Moment } from '../../ui/dates.js';
import { Money } from '../../ui/money.js';
import { NamedDocument } from '../../ui/named-document.js';
import { Particulars } from '../../ui/particulars.js';

type Claim = Schemas['Claim'];

/** A step that waits for its second person, with what was entered; or the one that was returned last, and why. */
export function Awaiting({ claim: { awaiting, returned } }: { readonly claim: Claim }) {
  const { t } = useTranslation();
  if (awaiting === undefined && returned === undefined) return null;
  return (
    <Alert mb="md" color={awaiting === undefined ? 'gray' : 'yellow'} title={titleOf(awaiting, returned)}>
      {awaiting === undefined ? (
        <p>{returned?.reason}</p>
      ) : (
        <Particulars
          of={[
            ...Object.entries(awaiting.request).map(([name, value]) => [nameOf(name), shown(value)] as const),
            ['by', awaiting.proposedBy],
            ['at', <Moment key="at" value={awaiting.proposedAt} />],
            ['lapsesAt', <Moment key="until" value={awaiting.endsAt} zone />],
          ]}
        />
      )}
    </Alert>
  );

  function titleOf(waits: Claim['awaiting'], back: Claim['returned']): string {
    if (waits !== undefined) return t('claim.awaits', { step: t(`twoPeople.${waits.step}`) });
    return t('claim.returned', { step: t(`twoPeople.${back?.step ?? ''}`) });
  }

  /** What was asked for, as it stood in the form of the first person. */
  function shown(value: unknown): ReactNode {
    if (typeof value === 'number') return String(value);
    if (typeof value === 'string') return words(value);
    if (!isRecord(value)) return undefined;
    const { amount, currency, type, number, scheme, id } = value;
    if (amount !== undefined && currency !== undefined) return <Money value={{ amount, currency }} />;
    if (type !== undefined && number !== undefined) return <NamedDocument document={{ type, number }} />;
    return `${value['name'] ?? ''} ${scheme ?? ''} ${id ?? ''}`;
  }

  function words(value: string): string {
    const known = ['source', 'entry'].map((group) => `${group}.${value}`);
    return t([...known, 'ui.text'], { text: value });
  }
}

function nameOf(name: string): string {
  return name === 'repayment' ? 'repaymentPlace' : name;
}

function isRecord(value: unknown): value is Readonly<Record<string, string>> {
  return typeof value === 'object' && value !== null;
}
