import { List } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { paths } from '@pledgeonce/client';
import { useOwn } from '../../session/session.js';
import { Section } from '../../ui/section.js';
import { byGravity } from './gravity.js';

type Inbox = paths['/inbox']['get']['responses'][200]['content']['application/json'];

/** For whoever oversees: which alerts nobody has looked into, the gravest sort first. */
export function AlertsByGravity({ of }: { readonly of: Inbox['alerts'] }) {
  const { t } = useTranslation();
  const { organisation } = useOwn();
  if (organisation.kind !== 'regulator' || of.length === 0) return null;
  return (
    <Section title={t('work.byGravity')}>
      <List size="sm" spacing={4}>
        {byGravity(of).map(({ alert, count }) => (
          <List.Item key={alert}>
            <Link to={`/?kind=alert&alert=${alert}`}>{t(`alert.${alert}`)}</Link> · {count}
          </List.Item>
        ))}
      </List>
    </Section>
  );
}
