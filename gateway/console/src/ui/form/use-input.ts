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
  const fault = get<{ message?: string } | undefined>(errors, name);
  return {
    ...register(name, { ...rules, ...(required && { required: t('form.required') }) }),
    label: t(`field.${label}`),
    error: fault?.message,
    required,
  };
}

/** An amount as it is typed: digits, and a point before the minor units. */
export const amountPattern = /^\s*\d+(\.\d+)?\s*$/;
