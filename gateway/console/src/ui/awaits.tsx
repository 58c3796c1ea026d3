import { Alert } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Moment } from './dates.js';
import { Money } from './money.js';
import { NamedDocument } from './named-document.js';
import { Particulars } from './particulars.js';

interface Step {
  readonly step: string;
  readonly request: Readonly<Record<string, unknown>>;
  readonly proposedBy: string;
  readonly proposedAt: string;
  readonly endsAt: string;
}

interface Props {
  readonly of: {
    readonly awaiting?: Step | undefined;
    readonly returned?: { readonly step?: string; readonly reason: string } | undefined;
  };
}

/** A step that waits for its second person, with what was entered; or the one that was returned last, and why. */
export function Awaits({ of: { awaiting, returned } }: Props) {
  const { t } = useTranslation();
  if (awaiting === undefined && returned === undefined) return null;
  return (
    <Alert mb="md" color={awaiting === undefined ? 'gray' : 'yellow'} title={title()}>
      {awaiting === undefined ? (
        <p>{returned?.reason}</p>
      ) : (
        <Particulars
          of={[
            ...entriesOf(awaiting.request).map(([name, value]) => [nameOf(name), shown(value)] as const),
            ['by', awaiting.proposedBy],
            ['at', <Moment key="at" value={awaiting.proposedAt} />],
            ['lapsesAt', <Moment key="until" value={awaiting.endsAt} zone />],
          ]}
        />
      )}
    </Alert>
  );

  function title(): string {
    if (awaiting !== undefined) return t('claim.awaits', { step: t(`twoPeople.${awaiting.step}`) });
    if (returned?.step === undefined) return t('document.returned');
    return t('claim.returned', { step: t(`twoPeople.${returned.step}`) });
  }

  /** What was asked for, as it stood in the form of the first person. */
  function shown(value: unknown): ReactNode {
    if (typeof value === 'number') return String(value);
    if (typeof value === 'string') return words(value);
    if (Array.isArray(value)) return value.map((one, place) => <div key={place}>{shown(one)}</div>);
    if (!isRecord(value)) return undefined;
    const { amount, currency, unit, type, number, scheme, id, name } = value;
    if (isText(amount) && isText(currency)) return <Money value={{ amount, currency }} />;
    if (isText(amount) && isText(unit)) return `${amount} ${unit}`;
    if (isText(type) && isText(number)) return <NamedDocument document={{ type, number }} />;
    if (isText(scheme) && isText(id)) return `${isText(name) ? name : ''} ${scheme} ${id}`;
    // The section of a document, whole: whoever confirms it reads all of it.
    return <code>{JSON.stringify(value)}</code>;
  }

  function words(value: string): string {
    const known = ['source', 'entry'].map((group) => `${group}.${value}`);
    return t([...known, 'ui.text'], { text: value });
  }
}

/** Of an amendment, what it changes stands beside why. */
function entriesOf({ changes, ...rest }: Step['request']): (readonly [string, unknown])[] {
  return [...Object.entries(isRecord(changes) ? changes : {}), ...Object.entries(rest)];
}

const names: Readonly<Record<string, string>> = {
  repayment: 'repaymentPlace',
  cites: 'citesNumber',
  expectedVersion: 'version',
};

function nameOf(name: string): string {
  return names[name] ?? name;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
