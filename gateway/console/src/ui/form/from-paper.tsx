import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useFormContext } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../../api/problem.js';
import { paperFiles, readPapers } from '../../api/read-papers.js';
import { useSentence } from '../../i18n/sentence.js';

interface Props {
  /** Of the document in the form. */
  readonly name: string;
  /** Types that the document can be of. */
  readonly options: readonly string[];
  readonly children: ReactNode;
}

/** The inputs of a document, which take a paper that is dropped on them or chosen: its type and number are typed by nobody. */
export function FromPaper({ name, options, children }: Props) {
  const { t } = useTranslation();
  const sentence = useSentence();
  const { setValue, setFocus } = useFormContext();
  const [fault, setFault] = useState<string>();
  const [isReading, setReading] = useState(false);
  const take = async (file: File) => {
    setFault(undefined);
    setReading(true);
    try {
      const found = await firstPaper(file);
      if (found === undefined) {
        setFault(t('verify.noPaper'));
        return;
      }
      // An invoice does not say whether the tax authority has it on record: what is chosen stays where it may be that.
      if (options.includes(found.type) && found.type !== 'commercial-invoice')
        setValue(`${name}.type`, found.type, { shouldDirty: true });
      setValue(`${name}.number`, found.number, { shouldDirty: true, shouldValidate: true });
      setFocus(`${name}.number`);
    } catch (error) {
      setFault(error instanceof ApiProblem ? sentence(error) : t('problem.offline'));
    } finally {
      setReading(false);
    }
  };
  return (
    <div
      role="presentation"
      onDragOver={(event) => {
        event.preventDefault();
      }}
      onDrop={(event) => {
        event.preventDefault();
        const [file] = event.dataTransfer.files;
        if (file !== undefined) void take(file);
      }}
    >
      {children}
      <Button
        variant="subtle"
        size="compact-xs"
        mt={4}
        loading={isReading}
        onClick={() => {
          choose((file) => void take(file));
        }}
      >
        {t('form.fromPaper')}
      </Button>
      {fault !== undefined && (
        <Text role="alert" size="sm" className="wrong">
          {fault}
        </Text>
      )}
    </div>
  );
}

/** Opens the system's own chooser. */
function choose(onFile: (file: File) => void): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = paperFiles;
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    if (file !== undefined) onFile(file);
  });
  input.click();
}

async function firstPaper(
  file: File,
): Promise<{ readonly type: string; readonly number: string } | undefined> {
  for await (const { document } of readPapers([file])) if (document !== undefined) return document;
  return undefined;
}
