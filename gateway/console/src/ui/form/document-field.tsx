import { Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { get, useFormContext, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { Field } from './fields.js';
import { FromPaper } from './from-paper.js';
import { useInput } from './use-input.js';

/** What a claim can stand on, the usual first. */
export const documentTypes = [
  'customs-declaration',
  'tax-invoice',
  'commercial-invoice',
  'credit-note',
  'tax-filing',
  'freight-invoice',
  'capital-account-document',
  'insurance-policy',
  'buyer-limit',
  'declared-shipment',
  'bill-of-lading',
  'rail-waybill',
  'warehouse-receipt',
  'purchase-order',
  'letter-of-credit',
] as const;

interface Props {
  readonly field: Pick<Field, 'name' | 'options' | 'required' | 'hint'>;
}

/** A document as it names itself: its type and its number as printed. It is needed unless the field says otherwise. */
export function DocumentField({ field }: Props) {
  const { name, options = documentTypes, required = true, hint } = field;
  const { t } = useTranslation();
  const type = useInput(`${name}.type`, 'type', { required });
  const number = useInput(`${name}.number`, 'number', { required });
  const isCredit = useWatch({ name: `${name}.type` }) === 'letter-of-credit';
  const input = (
    <Group gap="xs" align="flex-start" wrap="nowrap">
      <NativeSelect
        {...type}
        data={options.map((value) => ({ value, label: t(`type.${value}`) }))}
        flex={1}
      />
      <TextInput {...number} className="typed-number" autoComplete="off" flex={1} />
      {isCredit && <IssuingBank name={`${name}.issuingBank`} />}
    </Group>
  );
  return (
    <FromPaper name={name} options={options}>
      {input}
      {hint !== undefined && (
        <Text size="sm" c="dimmed">
          {t(`hint.${hint}`)}
        </Text>
      )}
      <IssuerField name={`${name}.issuer`} />
    </FromPaper>
  );
}

/** Which member gave the number: asked for once the registry has said that several have given it. */
function IssuerField({ name }: { readonly name: string }) {
  const { t } = useTranslation();
  const { getValues, setFocus } = useFormContext();
  const issuer = useInput(`${name}.id`, 'issuedBy');
  // The registry names the issuer as a whole; the first input below that name is this hidden one.
  const {
    error: fault,
    label: _label,
    required: _required,
    ...scheme
  } = useInput(`${name}.scheme`, 'scheme');
  const isTyped = typeof get(getValues(), `${name}.id`) === 'string';
  const [isAsked, setAsked] = useState(isTyped);
  useEffect(() => {
    if (fault !== undefined) setAsked(true);
  }, [fault]);
  useEffect(() => {
    if (isAsked && fault !== undefined) setFocus(`${name}.id`);
  }, [isAsked, fault, name, setFocus]);
  return (
    <>
      <input type="hidden" {...scheme} value="MSP" />
      {isAsked && (
        <TextInput {...issuer} error={fault} description={t('hint.issuedBy')} autoComplete="off" mt="xs" />
      )}
    </>
  );
}

/** Which of two credits of one number is meant; it is forgotten with the type. */
function IssuingBank({ name }: { readonly name: string }) {
  const input = useInput(name, 'issuingBank', { shouldUnregister: true });
  return <TextInput {...input} autoComplete="off" maxLength={11} flex={1} />;
}
