import { Group, TextInput } from '@mantine/core';
import { DocumentField } from './document-field.js';
import type { Field } from './fields.js';
import { RepeatedField } from './repeated-field.js';
import { useInput } from './use-input.js';

/** Documents of goods, and how much of the goods on each. */
export function GoodsField({ field }: { readonly field: Field }) {
  const { name, label = name, options } = field;
  const type = options?.[0] ?? 'warehouse-receipt';
  return (
    <RepeatedField
      name={name}
      label={label}
      empty={{ document: { type, number: '' }, quantity: { amount: '', unit: '' } }}
      least={0}
      add="addGoods"
      remove="removeGoods"
    >
      {(line) => (
        <>
          <DocumentField field={{ name: `${line}.document`, ...(options && { options }) }} />
          <Quantity name={`${line}.quantity`} />
        </>
      )}
    </RepeatedField>
  );
}

function Quantity({ name }: { readonly name: string }) {
  const amount = useInput(`${name}.amount`, 'quantity', { required: true });
  const unit = useInput(`${name}.unit`, 'unit', { required: true });
  return (
    <Group gap="xs" align="flex-start" wrap="nowrap">
      <TextInput {...amount} inputMode="decimal" autoComplete="off" flex={2} />
      <TextInput {...unit} autoComplete="off" maxLength={3} flex={1} />
    </Group>
  );
}
