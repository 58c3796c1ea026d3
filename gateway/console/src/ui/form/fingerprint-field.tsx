import { FileInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useFormContext } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { Field } from './fields.js';
import { useInput } from './use-input.js';

/** The SHA-256 of a paper that its holder keeps: the file is read here and goes nowhere. */
export function FingerprintField({ field }: { readonly field: Field }) {
  const { name, label = name, hint = 'evidence' } = field;
  const { t } = useTranslation();
  const { setValue } = useFormContext();
  const [isUnreadable, setIsUnreadable] = useState(false);
  const input = useInput(name, label, {});
  const take = async (file: File | null) => {
    try {
      setIsUnreadable(false);
      setValue(name, file === null ? '' : await fingerprintOf(file), { shouldDirty: true });
    } catch {
      setIsUnreadable(true);
    }
  };
  return (
    <>
      <FileInput
        label={t('field.paper')}
        description={t(`hint.${hint}`)}
        placeholder={t('file.choose')}
        error={isUnreadable ? t('file.unreadable') : undefined}
        clearable
        clearButtonProps={{ 'aria-label': t('file.clear') }}
        onChange={(file) => void take(file)}
      />
      <TextInput {...input} className="typed-number" autoComplete="off" />
    </>
  );
}

/** @throws when the file cannot be read. */
async function fingerprintOf(file: File): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
