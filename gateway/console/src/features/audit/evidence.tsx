import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { api, content } from '../../api/client.js';
import { useOwn } from '../../session/session.js';
import { SaveJson } from '../../ui/save-json.js';
import { Section } from '../../ui/section.js';

const readings = {
  fact: (id: string) => api.GET('/audit/evidence/facts/{id}', { params: { path: { id } } }),
  claim: (id: string) => api.GET('/audit/evidence/claims/{id}', { params: { path: { id } } }),
  payment: (id: string) => api.GET('/audit/evidence/payments/{id}', { params: { path: { id } } }),
};

interface Props {
  readonly of: keyof typeof readings;
  readonly id: string;
}

/** For the regulator's auditor: everything that proves a record to whoever does not believe us, as one file. */
export function Evidence({ of, id }: Props) {
  const { t } = useTranslation();
  const { organisation, person } = useOwn();
  if (organisation.kind !== 'regulator' || person.role !== 'auditor') return null;
  return (
    <Section title={t('evidence.title')}>
      <Text size="sm" mb="sm">
        {t('evidence.about')} <code>npm run verify-evidence -- {`evidence-${id.slice(0, 12)}.json`}</code>
      </Text>
      <SaveJson
        name={`evidence-${id.slice(0, 12)}`}
        label="evidence.save"
        read={async (): Promise<unknown> => content<unknown>(readings[of](id))}
      />
    </Section>
  );
}
