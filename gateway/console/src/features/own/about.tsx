import { Anchor, List } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { organisation } from '../../app/organisation.js';
import { useOwn } from '../../session/session.js';
import { Page } from '../../ui/page.js';
import { Particulars } from '../../ui/particulars.js';
import { Read } from '../../ui/read.js';
import { Section } from '../../ui/section.js';

interface Readiness {
  readonly status: string;
  readonly block: number;
  /** Blocks that the lists lack; null while nobody has said how many there are. */
  readonly lag: number | null;
  readonly checks: Readonly<Record<string, boolean>>;
}

/** Whose gateway this is, how it stands, and what it can and cannot see. */
export function About() {
  const { t } = useTranslation();
  const { gateway } = useOwn();
  const readiness = useQuery({
    queryKey: ['readiness'],
    // Not ready is an answer, too.
    queryFn: async () => (await (await fetch('/readyz')).json()) as Readiness,
  });
  return (
    <Page title={t('page./about')}>
      <Section title={organisation.title}>
        <Read of={readiness}>
          {({ block, lag, checks }) => (
            <Particulars
              of={[
                ['organisation', organisation.mspId],
                ['gatewayVersion', gateway.version],
                ['network', gateway.network],
                ['block', String(block)],
                ['lag', lag === null ? t('about.lagUnknown') : String(lag)],
                ...Object.entries(checks).map(
                  ([name, isRight]) => [name, t(isRight ? 'answer.yes' : 'answer.no')] as const,
                ),
              ]}
            />
          )}
        </Read>
      </Section>
      <Section title={t('about.sees')}>
        <p>{t(`about.${organisation.kind}`)}</p>
      </Section>
      <Section title={t('about.more')}>
        <List>
          <List.Item>
            <Anchor href="/docs">{t('about.api')}</Anchor>
          </List.Item>
          <List.Item>
            <Anchor href="/docs/errors">{t('about.errors')}</Anchor>
          </List.Item>
        </List>
      </Section>
    </Page>
  );
}
