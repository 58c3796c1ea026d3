import { useTranslation } from 'react-i18next';
import type { paths } from '@pledgeonce/client';
import { api } from '../../api/client.js';
import { useRead } from '../../api/use-read.js';
import { Moment } from '../../ui/dates.js';
import type { Column } from '../../ui/list/column.js';
import { WholeList } from '../../ui/list/whole-list.js';
import { NamedDocument } from '../../ui/named-document.js';
import { Page } from '../../ui/page.js';
import { Read } from '../../ui/read.js';
import { StateBadge } from '../../ui/state-badge.js';

type Entry = paths['/verifications']['get']['responses'][200]['content']['application/json']['items'][number];

const columns: readonly Column<Entry>[] = [
  { name: 'at', show: ({ at }) => <Moment value={at} />, text: ({ at }) => at },
  { name: 'person', show: ({ person }) => person, text: ({ person }) => person },
  { name: 'what', show: ({ question }) => <Question of={question} />, text: ({ question }) => question },
  {
    name: 'document',
    show: ({ document }) => <NamedDocument document={document} />,
    text: ({ document }) => document.number,
  },
  {
    name: 'result',
    show: ({ result }) => (/^[A-Z]/.test(result) ? <code>{result}</code> : <StateBadge state={result} />),
    text: ({ result }) => result,
  },
];

/** Which documents the organisation's people have asked the registry after: who guesses numbers shows here. */
export function Asked() {
  const { t } = useTranslation();
  const asked = useRead(['asked'], () => api.GET('/verifications', { params: { query: { limit: 500 } } }));
  return (
    <Page title={t('page./asked')}>
      <p>{t('asked.about')}</p>
      <Read of={asked}>
        {({ items }) => (
          <WholeList
            name="asked"
            caption="page./asked"
            columns={columns}
            items={items}
            keyOf={({ at, person, document }) => at + person + document.number}
          />
        )}
      </Read>
    </Page>
  );
}

function Question({ of }: { readonly of: Entry['question'] }) {
  const { t } = useTranslation();
  return t(`question.${of}`);
}
