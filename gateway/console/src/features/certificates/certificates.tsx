import { Badge, Button, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { paths } from '@pledgeonce/client';
import { api } from '../../api/client.js';
import { once, useRead } from '../../api/use-read.js';
import { Moment } from '../../ui/dates.js';
import { Read } from '../../ui/read.js';
import { Section } from '../../ui/section.js';
import { Steps } from '../../ui/steps.js';
import { takeDocument } from './take-document.js';
import { claimParticulars, ends } from './particulars.js';

type Issued = paths['/certificates']['get']['responses'][200]['content']['application/json']['items'][number];

/** Papers that say that a claim is registered, and how one is issued and withdrawn. */
export function ClaimCertificates({ claim }: { readonly claim: string }) {
  const { t } = useTranslation();
  const issued = useRead(['certificates', claim], () =>
    api.GET('/certificates', { params: { query: { claim } } }),
  );
  return (
    <Section title={t('certificate.title')}>
      <Text size="sm" mb="sm">
        {t('certificate.hint')}
      </Text>
      <Read of={issued}>
        {({ items }) => (
          <ul className="plain-list certificates">
            {items.map((item) => (
              <li key={item.id}>
                <IssuedCertificate of={item} />
              </li>
            ))}
          </ul>
        )}
      </Read>
      <Steps
        record={`certificate/${claim}`}
        of={[
          {
            name: 'issueCertificate',
            fields: [{ name: 'shows', kind: 'choices', options: claimParticulars, words: 'field' }, ends],
            initial: { shows: ['amount', 'documents'] },
            send: (body: { shows?: readonly string[] }, key) =>
              api.POST('/certificates', {
                params: once(key),
                body: { shows: [], ...body, kind: 'claim', claim } as never,
              }),
          },
        ]}
      />
    </Section>
  );
}

function IssuedCertificate({ of: { id, at, shows, withdrawnAt, code } }: { readonly of: Issued }) {
  const { t } = useTranslation();
  const taking = useMutation({ mutationFn: (language: 'en' | 'zh') => takeDocument(id, language) });
  const names = shows.map((name) => t(`field.${name}`)).join(t('ui.listSign'));
  return (
    <Group justify="space-between" gap="xs" mb="sm">
      <div>
        <Moment value={at} />{' '}
        {withdrawnAt !== undefined && <Badge color="red">{t('certificate.withdrawn')}</Badge>}
        <div className="faint">
          {t('certificate.shows')} {names === '' ? t('certificate.showsNothing') : names}
        </div>
        {taking.isError && (
          <Text role="alert" className="wrong">
            {t('ui.exportFailed')}
          </Text>
        )}
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
        {withdrawnAt === undefined && (
          <Steps
            inRow
            record={`certificate/${id}`}
            of={[
              {
                name: 'withdrawCertificate',
                danger: true,
                fields: [],
                send: (_body, key) =>
                  api.DELETE('/certificates/{id}', { params: { path: { id }, ...once(key) } }),
              },
            ]}
          />
        )}
      </Group>
    </Group>
  );
}
