import { useTranslation } from 'react-i18next';
import type { paths } from '@pledgeonce/client';
import { api } from '../../api/client.js';
import { useRead } from '../../api/use-read.js';
import { Moment } from '../../ui/dates.js';
import type { Column } from '../../ui/list/column.js';
import { WholeList } from '../../ui/list/whole-list.js';
import { Read } from '../../ui/read.js';
import { Section } from '../../ui/section.js';

type Refused =
  paths['/nodes/refusals']['get']['responses'][200]['content']['application/json']['items'][number];

const columns: readonly Column<Refused>[] = [
  { name: 'mspId', show: ({ mspId }) => <Whose mspId={mspId} />, text: ({ mspId = '' }) => mspId },
  { name: 'refusedFor', show: ({ reason }) => <Reason of={reason} />, text: ({ reason }) => reason },
  { name: 'refusedCount', isNumber: true, show: ({ count }) => count, text: ({ count }) => String(count) },
  {
    name: 'firstRefusedAt',
    show: ({ firstAt }) => <Moment value={firstAt} />,
    text: ({ firstAt }) => firstAt,
  },
  { name: 'lastRefusedAt', show: ({ lastAt }) => <Moment value={lastAt} />, text: ({ lastAt }) => lastAt },
  { name: 'lastAnswer', show: ({ info }) => <code>{info}</code>, text: ({ info }) => info },
];

/** Who floods: what the door before the organisation's own orderer kept out, member by member. */
export function RefusedAtDoor() {
  const { t } = useTranslation();
  const refused = useRead(['refused-at-door'], () => api.GET('/nodes/refusals'));
  return (
    <Section title={t('members.refused')}>
      <Read of={refused}>
        {({ door, items }) => (
          <>
            <p>{t(door ? 'members.refusedAbout' : 'members.noDoor')}</p>
            {door && (
              <WholeList
                name="refused-at-door"
                caption="members.refused"
                empty="members.noneRefused"
                columns={columns}
                items={items}
                keyOf={({ mspId = '', reason }) => `${mspId}/${reason}`}
              />
            )}
          </>
        )}
      </Read>
    </Section>
  );
}

function Whose({ mspId }: { readonly mspId: string | undefined }) {
  const { t } = useTranslation();
  return mspId === undefined ? t('members.nobody') : <code>{mspId}</code>;
}

function Reason({ of }: { readonly of: Refused['reason'] }) {
  const { t } = useTranslation();
  return t(`refusedFor.${of}`);
}
