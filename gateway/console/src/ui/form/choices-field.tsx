import { Checkbox, Fieldset, Group } from '@mantine/core';
import { useFormContext } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { Field } from './fields.js';

/** Several of a few. */
export function ChoicesField({ field }: { readonly field: Field }) {
  const { name, label = name, options = [], words = '' } = field;
  const { t } = useTranslation();
  const { register } = useFormContext();
  return (
    <Fieldset legend={t(`field.${label}`)}>
      <Group gap="md">
        {options.map((value) => (
          <Checkbox
            key={value}
            {...register(name)}
            value={value}
            label={words === '' ? <code>{value}</code> : t(`${words}.${value}`)}
          />
        ))}
      </Group>
    </Fieldset>
  );
}
