import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { paths } from '@pledgeonce/client';
import { api } from '../../api/client.js';
import { useRead } from '../../api/use-read.js';
import { Moment } from '../../ui/dates.js';
import { Page } from '../../ui/page.js';
import { Particulars } from '../../ui/particulars.js';
import { Read } from '../../ui/read.js';
import { Section } from '../../ui/section.js';
import { SaveJson } from '../../ui/save-json.js';

type Contradiction =
  paths['/nodes/contradictions']['get']['responses'][200]['content']['application/json']['items'][number];

/** Nodes that answered otherwise than two others, with what each has signed, as a file that proves it. */
export function Contradictions() {
  const { t } = useTranslation();
  const kept = useRead(['contradictions'], () =>
    api.GET('/nodes/contradictions', { params: { query: { limit: 50 } } }),
  );
  return (
    <Page title={t('page./contradictions')}>
      <Text mb="md">{t('nodes.about')}</Text>
      <Read of={kept}>
        {({ items }) => (
          <>
            {items.length === 0 && <p>{t('nodes.none')}</p>}
            <Stack component="ul" className="plain-list" gap="sm">
              {items.map((one) => (
                <li key={one.transactionId}>
                  <Told of={one} />
                </li>
              ))}
            </Stack>
          </>
        )}
      </Read>
    </Page>
  );
}

function Told({ of }: { readonly of: Contradiction }) {
  const { t } = useTranslation();
  const { odd, at, function: asked, said, transactionId } = of;
  const other = said.map(({ mspId }) => mspId).filter((mspId) => !odd.includes(mspId));
  return (
    <Section title={t('nodes.odd', { nodes: odd.join(t('ui.listSign')) })}>
      <Particulars
        of={[
          ['at', <Moment key="at" value={at} zone />],
          ['askedFor', <code key="asked">{asked}</code>],
          ['answeredAlike', other.join(t('ui.listSign'))],
          ['refusedBy', said.flatMap((one) => ('refusal' in one ? [one.mspId] : [])).join(t('ui.listSign'))],
        ]}
      />
      <SaveJson name={`contradiction-${transactionId.slice(0, 12)}`} label="nodes.save" read={() => of} />
    </Section>
  );
}
