import { List } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '@pledgeonce/client';
import { api } from '../../api/client.js';
import { once, useRead } from '../../api/use-read.js';
import { useOwn } from '../../session/session.js';
import { Moment } from '../../ui/dates.js';
import { NamedDocument } from '../../ui/named-document.js';
import { Section } from '../../ui/section.js';
import { Steps } from '../../ui/steps.js';

/** Documents that this one looks like, why, and what came of looking at both papers. */
export function NearDuplicates({ fact }: { readonly fact: Schemas['Fact'] }) {
  const { t } = useTranslation();
  const { may } = useOwn();
  return (
    <Section title={t('document.resembles')}>
      <List>
        {fact.nearDuplicates.map(({ fact: other, reasons, checked }) => (
          <List.Item key={other}>
            <Other id={other} />: {reasons.map((reason) => t(`resemblance.${reason}`)).join(', ')}
            {checked !== undefined && (
              <div className="faint">
                {t('document.checked', { person: checked.by })} <Moment value={checked.at} />:{' '}
                {checked.remark}
              </div>
            )}
            {checked === undefined && may.includes('checkNearDuplicate') && (
              <Steps
                record={`near/${fact.id}/${other}`}
                of={[
                  {
                    name: 'check',
                    fields: [{ name: 'remark', kind: 'long', required: true }],
                    send: (body, key) =>
                      api.POST('/facts/{id}/near-duplicates/{other}/check', {
                        params: { path: { id: fact.id, other }, ...once(key) },
                        body,
                      }),
                  },
                ]}
              />
            )}
          </List.Item>
        ))}
      </List>
    </Section>
  );
}

/** The other one may be another authority's, whose papers are not for everybody who reads this one. */
function Other({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const fact = useRead(['fact', id], () => api.GET('/facts/{id}', { params: { path: { id } } }));
  if (fact.data === undefined) return t('document.other');
  return (
    <Link to={`/documents/${id}`}>
      <NamedDocument document={fact.data} />
    </Link>
  );
}
