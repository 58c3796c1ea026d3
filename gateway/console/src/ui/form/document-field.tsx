import { Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { Field } from './fields.js';
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
  if (hint === undefined) return input;
  return (
    <div>
      {input}
      <Text size="sm" c="dimmed">
        {t(`hint.${hint}`)}
      </Text>
    </div>
  );
}

/** Which of two credits of one number is meant; it is forgotten with the type. */
function IssuingBank({ name }: { readonly name: string }) {
  const input = useInput(name, 'issuingBank', { shouldUnregister: true });
  return <TextInput {...input} autoComplete="off" maxLength={11} flex={1} />;
}
