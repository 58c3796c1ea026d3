import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.js';
import { once, useRead } from '../../api/use-read.js';
import { Read } from '../../ui/read.js';
import { Section } from '../../ui/section.js';
import { Steps } from '../../ui/steps.js';
import { IssuedCertificate } from './issued.js';
import { claimParticulars, ends } from './particulars.js';

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
