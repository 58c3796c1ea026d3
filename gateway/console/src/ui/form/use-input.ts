import { get, useFormContext } from 'react-hook-form';
import type { RegisterOptions } from 'react-hook-form';
import { useTranslation } from 'react-i18next';

/** What every input needs: its registration, the word for it and what is wrong with it. */
export function useInput(
  name: string,
  label: string,
  options: { required?: boolean } & RegisterOptions = {},
) {
  const { t } = useTranslation();
  const {
    register,
    formState: { errors },
  } = useFormContext();
  const { required = false, ...rules } = options;
  const fault: unknown = get(errors, name);
  return {
    ...register(name, { ...rules, ...(required && { required: 'form.required' }) }),
    label: t(`field.${label}`),
    error: sentenceOf(fault, t),
    required,
  };
}

/** An amount as it is typed: digits, and a point before the minor units. */
export const amountPattern = /^\s*\d+(\.\d+)?\s*$/;

/** What the gateway has refused comes as a sentence; what the form itself holds, as the name of a text. */
export const refused = 'refused';

/** The sentence in the reader's language of now, which may have changed since the fault was found. */
function sentenceOf(fault: unknown, t: (text: string) => string): string | undefined {
  const isTold = typeof fault === 'object' && fault !== null && 'message' in fault && 'type' in fault;
  if (!isTold || typeof fault.message !== 'string') return undefined;
  return fault.type === refused ? fault.message : t(fault.message);
}
