import { Badge, Button, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { paths } from '@pledgeonce/client';
import { api } from '../../api/client.js';
import { once } from '../../api/use-read.js';
import { Moment } from '../../ui/dates.js';
import { Steps } from '../../ui/steps.js';
import type { Step } from '../../ui/steps.js';
import { takeDocument } from './take-document.js';

type Issued = paths['/certificates']['get']['responses'][200]['content']['application/json']['items'][number];

/** A certificate that was issued: what it shows, its public page, its document, and how it is withdrawn. */
export function IssuedCertificate({ of }: { readonly of: Issued }) {
  const { t } = useTranslation();
  const { id, at, shows, withdrawnAt, code } = of;
  const names = shows.map((name) => t(`field.${name}`)).join(t('ui.listSign'));
  const withdraw: Step = {
    name: 'withdrawCertificate',
    danger: true,
    fields: [],
    send: (_body, key) => api.DELETE('/certificates/{id}', { params: { path: { id }, ...once(key) } }),
  };
  return (
    <Group justify="space-between" gap="xs" mb="sm">
      <div>
        <Moment value={at} />{' '}
        {withdrawnAt !== undefined && <Badge color="red">{t('certificate.withdrawn')}</Badge>}
        <div className="faint">
          {t('certificate.shows')} {names === '' ? t('certificate.showsNothing') : names}
        </div>
      </div>
      <Group gap="xs">
        <Button
          component="a"
          href={`/check/${code}`}
          target="_blank"
          rel="noopener"
          size="xs"
          variant="subtle"
        >
          {t('certificate.page')}
        </Button>
        <TakeDocument id={id} />
        {withdrawnAt === undefined && <Steps inRow record={`certificate/${id}`} of={[withdraw]} />}
      </Group>
    </Group>
  );
}

/** The document in either language. */
function TakeDocument({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const taking = useMutation({ mutationFn: (language: 'en' | 'zh') => takeDocument(id, language) });
  return (
    <>
      {taking.isError && (
        <Text role="alert" className="wrong" size="sm">
          {t('ui.exportFailed')}
        </Text>
      )}
      {(['en', 'zh'] as const).map((language) => (
        <Button
          key={language}
          size="xs"
          variant="default"
          loading={taking.isPending && taking.variables === language}
          onClick={() => {
            taking.mutate(language);
          }}
        >
          {t(`certificate.pdf.${language}`)}
        </Button>
      ))}
    </>
  );
}
