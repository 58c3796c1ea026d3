import { Fieldset, Group, NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Field } from './fields.js';
import { useInput } from './use-input.js';

const schemes = ['USCC', 'VAT', 'GLN', 'GSTIN', 'PAN', 'EIN', 'CNPJ', 'EORI', 'LEI', 'TAX', 'LEGAL', 'MSP'];

/** A firm by its registered number and the register that it stands in. */
export function PartyField({ field }: { readonly field: Field }) {
  const { name, label = name, required = false, withTotal: withName = false } = field;
  const { t } = useTranslation();
  const scheme = useInput(`${name}.scheme`, 'scheme', {});
  const id = useInput(`${name}.id`, 'registeredId', { required });
  const called = useInput(`${name}.name`, 'name', {});
  return (
    <Fieldset legend={t(`field.${label}`)}>
      <Group gap="xs" align="flex-start" wrap="nowrap">
        <NativeSelect {...scheme} data={schemes} w="7rem" />
        <TextInput {...id} className="typed-number" autoComplete="off" flex={1} />
      </Group>
      {withName && <TextInput {...called} autoComplete="off" mt="xs" />}
    </Fieldset>
  );
}
