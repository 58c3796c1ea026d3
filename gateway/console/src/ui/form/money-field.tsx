import { Group, TextInput } from '@mantine/core';
import type { Field } from './fields.js';
import { amountPattern, useInput } from './use-input.js';

/** An amount and its currency. */
export function MoneyField({ field }: { readonly field: Pick<Field, 'name' | 'label' | 'required'> }) {
  const { name, label = name, required = false } = field;
  const pattern = { value: amountPattern, message: 'form.amount' };
  const amount = useInput(`${name}.amount`, label, { required, pattern });
  const currency = useInput(`${name}.currency`, 'currency', { required });
  return (
    <Group gap="xs" align="flex-start" wrap="nowrap">
      <TextInput {...amount} inputMode="decimal" className="amount" autoComplete="off" flex={1} />
      <TextInput {...currency} maxLength={3} className="currency-code" autoComplete="off" w="6.5rem" />
    </Group>
  );
}
