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
    ...register(name, { ...rules, ...(required && { required: t('form.required') }) }),
    label: t(`field.${label}`),
    error: messageOf(fault),
    required,
  };
}

/** An amount as it is typed: digits, and a point before the minor units. */
export const amountPattern = /^\s*\d+(\.\d+)?\s*$/;

function messageOf(fault: unknown): string | undefined {
  const isTold = typeof fault === 'object' && fault !== null && 'message' in fault;
  return isTold && typeof fault.message === 'string' ? fault.message : undefined;
}
