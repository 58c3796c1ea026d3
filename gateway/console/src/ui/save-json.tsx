import { Button, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { download } from './list/download.js';

interface Props {
  /** Of the file, without its ending. */
  readonly name: string;
  /** The key of the text on the button. */
  readonly label: string;
  readonly read: () => unknown;
}

/** Hands the reader a record as a file, for programs and for whoever proves it elsewhere. */
export function SaveJson({ name, label, read }: Props) {
  const { t } = useTranslation();
  const saving = useMutation({
    mutationFn: async () => {
      download(`${name}.json`, JSON.stringify(await read()), 'application/json');
    },
  });
  return (
    <>
      {saving.isError && (
        <Text role="alert" className="wrong" size="sm">
          {t('ui.exportFailed')}
        </Text>
      )}
      <Button
        variant="default"
        size="xs"
        loading={saving.isPending}
        onClick={() => {
          saving.mutate();
        }}
      >
        {t(label)}
      </Button>
    </>
  );
}
