import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.js';
import { useRead } from '../../api/use-read.js';
import { Moment } from '../../ui/dates.js';
import { Read } from '../../ui/read.js';
import { Section } from '../../ui/section.js';
import { VerdictTable } from '../../ui/verdict-table.js';

/** What was refused in one's last import, for whoever records many documents. */
export function LastImport() {
  const { t } = useTranslation();
  const read = useRead(['last-import'], () => api.GET('/facts/import/latest'));
  return (
    <Section title={t('work.lastImport')}>
      <Read of={read}>
        {({ last }) =>
          last === undefined ? (
            <Text c="dimmed">{t('work.noImport')}</Text>
          ) : (
            <>
              <Text mb="sm">
                <Moment value={last.at} /> ·{' '}
                {t('work.imported', { recorded: last.recorded, refused: last.refused })}
              </Text>
              <VerdictTable of={last.items} caption="import.refused" />
            </>
          )
        }
      </Read>
    </Section>
  );
}
