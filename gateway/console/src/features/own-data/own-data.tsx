import { Anchor, Button, Group, Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useOwn } from '../../session/session.js';
import { Page } from '../../ui/page.js';
import { ProblemNote } from '../../ui/problem-note.js';
import { Section } from '../../ui/section.js';
import { useExport } from './use-export.js';

/** Everything of ours: the right to one's own data, as a file that can be checked without the registry. */
export function OwnData() {
  const { t } = useTranslation();
  const { organisation, person } = useOwn();
  const whose = person.uscc ?? organisation.title;
  return (
    <Page title={t('page./own-data')}>
      <p>{t('ownData.about', { whose })}</p>
      <Export />
      <Section title={t('ownData.check')}>
        <p>{t('ownData.checkHint')}</p>
        <p>
          <code>npm run verify-evidence -- own-data.ndjson</code>
        </p>
        <p>{t('ownData.proves')}</p>
        <Anchor href="/api/v1/export/schema">{t('ownData.schema')}</Anchor>
      </Section>
    </Page>
  );
}

/** How far the export is, and how to go on with one that was cut off. */
function Export() {
  const { t } = useTranslation();
  const { state, came, error, start, goOn, stop } = useExport();
  const isRunning = state === 'running';
  const isOpen = state === 'cut' || state === 'stopped';
  const shown = { count: came.records, size: (came.bytes / 1_000_000).toFixed(1) };
  return (
    <Section title={t('ownData.file')}>
      {error !== undefined && <ProblemNote error={error} onAgain={start} />}
      {state !== 'idle' && state !== 'failed' && (
        <>
          {isRunning && <Progress mb="sm" value={100} animated aria-label={t('file.progress')} />}
          <Text role="status" mb="sm">
            {t(`ownData.${state}`, shown)}
          </Text>
        </>
      )}
      <Group gap="xs">
        {isRunning ? (
          <Button variant="default" onClick={stop}>
            {t('file.stop')}
          </Button>
        ) : (
          <Button variant={isOpen ? 'default' : 'filled'} onClick={() => void start()}>
            {t('ownData.start')}
          </Button>
        )}
        {isOpen && <Button onClick={() => void goOn()}>{t('ownData.goOn')}</Button>}
      </Group>
    </Section>
  );
}
