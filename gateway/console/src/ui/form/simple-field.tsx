import { NativeSelect, PasswordInput, TextInput, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Field } from './fields.js';
import { useInput } from './use-input.js';

/** One input: text, number, day, moment, choice, secret. */
export function SimpleField({ field }: { readonly field: Field }) {
  const { name, kind, label = name, required = false, options = [], words, hint } = field;
  const { t } = useTranslation();
  const numeric = kind === 'number' ? { setValueAs: toNumber } : {};
  const instant = kind === 'moment' ? { setValueAs: toInstant } : {};
  const input = useInput(name, label, { required, ...numeric, ...instant });
  const description = hint === undefined ? {} : { description: t(`hint.${hint}`) };
  switch (kind) {
    case 'long':
      return <Textarea {...input} {...description} />;
    case 'secret':
      return (
        <PasswordInput
          {...input}
          {...description}
          autoComplete="off"
          visibilityToggleButtonProps={{ 'aria-label': t('ui.showSecret') }}
        />
      );
    case 'choice':
      return (
        <NativeSelect
          {...input}
          {...description}
          data={[
            ...(required ? [] : [{ value: '', label: t('form.any') }]),
            ...options.map((value) => ({
              value,
              label: words === undefined ? value : t(`${words}.${value}`),
            })),
          ]}
        />
      );
    default:
      return (
        <TextInput
          {...input}
          {...description}
          type={kind === 'date' ? 'date' : kind === 'moment' ? 'datetime-local' : 'text'}
          {...(kind === 'number' && { inputMode: 'numeric' as const })}
          autoComplete="off"
        />
      );
  }
}

function toNumber(text: unknown): unknown {
  return typeof text === 'string' && /^\s*\d+\s*$/.test(text) ? Number(text) : text;
}

/** What the reader types is their own time; what is sent says which. */
function toInstant(text: unknown): unknown {
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text)) return text;
  return new Date(text).toISOString();
}
