import { Button, FileButton, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  readonly hint: string;
  readonly accept: string;
  readonly onFiles: (files: readonly File[]) => void;
}

/** Where files are dropped or chosen; by keyboard the button does the same. */
export function FileDrop({ hint, accept, onFiles }: Props) {
  const { t } = useTranslation();
  const [isOver, setIsOver] = useState(false);
  return (
    <div
      className="drop"
      role="presentation"
      data-over={isOver}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => {
        setIsOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setIsOver(false);
        const files = [...event.dataTransfer.files];
        if (files.length > 0) onFiles(files);
      }}
    >
      <Text mb="sm">{t(hint)}</Text>
      <FileButton accept={accept} multiple onChange={onFiles} inputProps={{ 'aria-label': t('file.choose') }}>
        {(props) => (
          <Button variant="light" {...props}>
            {t('file.choose')}
          </Button>
        )}
      </FileButton>
    </div>
  );
}
