import { Button, Fieldset, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFieldArray, useFormContext } from 'react-hook-form';
import { useTranslation } from 'react-i18next';

interface Props {
  /** The place of the list in the body of the request. */
  readonly name: string;
  readonly label: string;
  /** What a new one begins with. */
  readonly empty: object;
  /** How many have to stay. */
  readonly least: number;
  /** Texts below `form`: to add one, and to remove the one of a place. */
  readonly add: string;
  readonly remove: string;
  /** The inputs of one, by its own name in the body. */
  readonly children: (name: string) => ReactNode;
}

/** Several of the same kind, one below the other, to be added and removed. */
export function RepeatedField({ name, label, empty, least, add, remove: removal, children }: Props) {
  const { t } = useTranslation();
  const { control } = useFormContext();
  const { fields, append, remove } = useFieldArray({ control, name });
  return (
    <Fieldset legend={t(`field.${label}`)}>
      {fields.map(({ id }, place) => (
        <div key={id} className="line">
          {children(`${name}.${place}`)}
          {fields.length > least && (
            <Button
              variant="subtle"
              color="gray"
              size="xs"
              onClick={() => {
                remove(place);
              }}
            >
              {t(`form.${removal}`, { place: place + 1 })}
            </Button>
          )}
        </div>
      ))}
      <Group>
        <Button
          variant="light"
          size="xs"
          onClick={() => {
            append(empty);
          }}
        >
          {t(`form.${add}`)}
        </Button>
      </Group>
    </Fieldset>
  );
}
