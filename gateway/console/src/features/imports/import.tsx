import { Button, Group, Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FileDrop } from '../../ui/file-drop.js';
import { toCsv } from '../../ui/list/csv.js';
import { download } from '../../ui/list/download.js';
import { Page } from '../../ui/page.js';
import { ProblemNote } from '../../ui/problem-note.js';
import { Section } from '../../ui/section.js';
import { VerdictTable } from '../../ui/verdict-table.js';
import { useImport } from './use-import.js';

const accepted = '.csv,.xlsx,.json,.ndjson,.xml,.pdf,.zip';

/** Many documents by file: progress, a verdict on each, a stop, and the refused ones as a file. */
export function Import() {
  const { t } = useTranslation();
  const { state, verdicts, counts, error, start, stop, again } = useImport();
  const refused = verdicts.filter(({ status }) => status === 'refused');
  const isRunning = state === 'running';
  return (
    <Page title={t('page./import')}>
      <Section title={t('import.files')}>
        <FileDrop
          hint="import.hint"
          accept={accepted}
          onFiles={(files) => {
            if (!isRunning) void start(files);
          }}
        />
      </Section>
      {error !== undefined && <ProblemNote error={error} onAgain={again} />}
      {state !== 'idle' && (
        <Section title={t('import.verdicts')}>
          <Progress value={100} animated={isRunning} aria-label={t('file.progress')} />
          <Group my="sm" justify="space-between">
            <Text role="status">{t(`import.${state}`, { ...counts })}</Text>
            <Group gap="xs">
              {isRunning && (
                <Button size="xs" variant="default" onClick={stop}>
                  {t('file.stop')}
                </Button>
              )}
              {state === 'stopped' && (
                <Button size="xs" onClick={() => void again()}>
                  {t('import.goOn')}
                </Button>
              )}
              {refused.length > 0 && (
                <Button
                  size="xs"
                  variant="default"
                  onClick={() => {
                    const head = ['file', 'line', 'code', 'field', 'detail'];
                    const rows = refused.map((one) =>
                      [one.file, one.line ?? one.index + 1, one.code, one.field, one.detail].map((cell) =>
                        String(cell ?? ''),
                      ),
                    );
                    download('refused.csv', toCsv([head, ...rows]), 'text/csv');
                  }}
                >
                  {t('import.refusedFile')}
                </Button>
              )}
            </Group>
          </Group>
          <VerdictTable of={refused} caption="import.refused" />
        </Section>
      )}
    </Page>
  );
}
