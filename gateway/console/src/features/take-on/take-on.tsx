import { Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useOwn } from '../../session/session.js';
import { Page } from '../../ui/page.js';
import { Book } from './book.js';
import { Corrections } from './corrections.js';
import { Unmatched } from './unmatched.js';
import { Windows } from './windows.js';

/** The beginning of a registry: the window, a bank's book, and what comes late. */
export function TakeOn() {
  const { t } = useTranslation();
  const { may } = useOwn();
  return (
    <Page title={t('page./take-on')}>
      <p>{t('takeOn.about')}</p>
      <Group gap="md" mb="sm">
        <Link to="/overdrafts">{t('page./overdrafts')}</Link>
      </Group>
      <Windows />
      {may.includes('previewTakeOn') && <Book />}
      <Unmatched />
      <Corrections />
    </Page>
  );
}
