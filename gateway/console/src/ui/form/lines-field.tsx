import { Button, Fieldset, Group } from '@mantine/core';
import { useFieldArray, useFormContext } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { DocumentField } from './document-field.js';
import type { Field } from './fields.js';
import { MoneyField } from './money-field.js';

/** The documents that a claim stands on, and how much on each. */
export function LinesField({ field }: { readonly field: Field }) {
  const { name, label = name, options, withTotal = false } = field;
  const { t } = useTranslation();
  const { control } = useFormContext();
  const { fields, append, remove } = useFieldArray({ control, name });
  const type = options?.[0] ?? 'customs-declaration';
  return (
    <Fieldset legend={t(`field.${label}`)}>
      {fields.map(({ id }, place) => (
        <div key={id} className="line">
          <DocumentField field={{ name: `${name}.${place}.document`, ...(options && { options }) }} />
          {withTotal && (
            <MoneyField field={{ name: `${name}.${place}.total`, label: 'documentTotal', required: true }} />
          )}
          <MoneyField field={{ name: `${name}.${place}.amount`, label: 'amount', required: true }} />
          {fields.length > 1 && (
            <Button
              variant="subtle"
              color="gray"
              size="xs"
              onClick={() => {
                remove(place);
              }}
            >
              {t('form.removeLine', { place: place + 1 })}
            </Button>
          )}
        </div>
      ))}
      <Group>
        <Button
          variant="light"
          size="xs"
          onClick={() => {
            append({ document: { type, number: '' }, amount: { amount: '', currency: 'USD' } });
          }}
        >
          {t('form.addLine')}
        </Button>
      </Group>
    </Fieldset>
  );
}
