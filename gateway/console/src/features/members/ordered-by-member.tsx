import { useTranslation } from 'react-i18next';
import type { paths } from '@pledgeonce/client';
import { api } from '../../api/client.js';
import { useRead } from '../../api/use-read.js';
import type { Column } from '../../ui/list/column.js';
import { WholeList } from '../../ui/list/whole-list.js';
import { Read } from '../../ui/read.js';
import { Section } from '../../ui/section.js';

type Ordered =
  paths['/audit/ordered']['get']['responses'][200]['content']['application/json']['items'][number];

const count = (name: 'ordered' | 'invalid' | 'unreadable'): Column<Ordered> => ({
  name,
  isNumber: true,
  show: (one) => one[name],
  text: (one) => String(one[name]),
});
const columns: readonly Column<Ordered>[] = [
  { name: 'mspId', show: ({ mspId }) => <code>{mspId}</code>, text: ({ mspId }) => mspId },
  count('ordered'),
  count('invalid'),
  count('unreadable'),
];

/** Who floods: how much each member had ordered of late, and how much of it came to nothing. */
export function OrderedByMember() {
  const { t } = useTranslation();
  const ordered = useRead(['ordered'], () => api.GET('/audit/ordered'));
  return (
    <Section title={t('members.ordered')}>
      <Read of={ordered}>
        {({ from, to, items }) => (
          <>
            <p>{t('members.orderedSince', { from, to })}</p>
            <WholeList
              name="ordered"
              caption="members.ordered"
              columns={columns}
              items={items}
              keyOf={({ mspId }) => mspId}
            />
          </>
        )}
      </Read>
    </Section>
  );
}
