import { Button, Fieldset, Group } from '@mantine/core';
import { useFieldArray, useFormContext } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { Field } from './fields.js';
import { MoneyField } from './money-field.js';
import { SimpleField } from './simple-field.js';

/** When how much of a document is to be paid. */
export function InstalmentsField({ field: { name, label = name } }: { readonly field: Field }) {
  const { t } = useTranslation();
  const { control } = useFormContext();
  const { fields, append, remove } = useFieldArray({ control, name });
  return (
    <Fieldset legend={t(`field.${label}`)}>
      {fields.map(({ id }, place) => (
        <div key={id} className="line">
          <SimpleField
            field={{ name: `${name}.${place}.dueDate`, kind: 'date', label: 'dueDate', required: true }}
          />
          <MoneyField field={{ name: `${name}.${place}.amount`, label: 'amount', required: true }} />
          <Button
            variant="subtle"
            color="gray"
            size="xs"
            onClick={() => {
              remove(place);
            }}
          >
            {t('form.removeInstalment', { place: place + 1 })}
          </Button>
        </div>
      ))}
      <Group>
        <Button
          variant="light"
          size="xs"
          onClick={() => {
            append({ dueDate: '', amount: { amount: '', currency: 'USD' } });
          }}
        >
          {t('form.addInstalment')}
        </Button>
      </Group>
    </Fieldset>
  );
}
