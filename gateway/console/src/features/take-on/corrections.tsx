import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { paths } from '@pledgeonce/client';
import { api, content } from '../../api/client.js';
import { once } from '../../api/use-read.js';
import type { Own } from '../../session/session.js';
import { useOwn } from '../../session/session.js';
import { Day, Moment } from '../../ui/dates.js';
import type { Column } from '../../ui/list/column.js';
import { RecordList } from '../../ui/list/record-list.js';
import { Money } from '../../ui/money.js';
import { Section } from '../../ui/section.js';
import { StateBadge } from '../../ui/state-badge.js';
import type { Step } from '../../ui/steps.js';
import { Steps } from '../../ui/steps.js';

type Page = paths['/take-on/corrections']['get']['responses'][200]['content']['application/json'];
type Correction = Page['items'][number];

const columns: readonly Column<Correction>[] = [
  {
    name: 'applicationNumber',
    show: ({ line }) => <code>{line.reference}</code>,
    text: ({ line }) => line.reference,
  },
  { name: 'owner', show: ({ owner }) => owner, text: ({ owner }) => owner },
  {
    name: 'amount',
    show: ({ line }) => <Money value={line.amount} />,
    text: ({ line }) => `${line.amount.amount} ${line.amount.currency}`,
    isNumber: true,
  },
  {
    name: 'paidOutOn',
    show: ({ line }) => <Day value={line.paidOutOn} />,
    text: ({ line }) => line.paidOutOn,
  },
  { name: 'state', show: ({ state }) => <StateBadge state={state} />, text: ({ state }) => state },
  { name: 'reason', show: ({ reason }) => reason, text: ({ reason }) => reason },
  { name: 'refusal', show: ({ refusal }) => refusal, text: ({ refusal = '' }) => refusal },
  {
    name: 'createdAt',
    show: ({ createdAt }) => <Moment value={createdAt} />,
    text: ({ createdAt }) => createdAt,
  },
];

/** What banks have forgotten until their window had closed; the regulator decides. */
export function Corrections() {
  const { t } = useTranslation();
  const own = useOwn();
  return (
    <Section title={t('takeOn.corrections')}>
      {own.may.includes('proposeCorrection') && (
        <>
          <p>{t('takeOn.late')}</p>
          <Button component={Link} to="/take-on/corrections/new" variant="default" mb="sm">
            {t('begin./take-on/corrections/new')}
          </Button>
        </>
      )}
      <RecordList
        name="corrections"
        of={{}}
        caption="takeOn.corrections"
        columns={columns}
        keyOf={({ id }) => id}
        {...(own.may.includes('approveCorrection') && {
          actions: (one: Correction) => (
            <Steps of={stepsOf(one, own)} record={`correction/${one.id}`} inRow />
          ),
        })}
        read={(cursor) =>
          content(
            api.GET('/take-on/corrections', { params: { query: cursor === undefined ? {} : { cursor } } }),
          )
        }
      />
    </Section>
  );
}

function stepsOf({ id, state }: Correction, { may }: Own): readonly Step[] {
  const params = (key: string) => ({ path: { id }, ...once(key) });
  const all: readonly Step[] = [
    {
      name: 'approveCorrection',
      fields: [],
      send: (_body, key) => api.POST('/take-on/corrections/{id}/approval', { params: params(key), body: {} }),
    },
    {
      name: 'refuseCorrection',
      danger: true,
      fields: [{ name: 'reason', kind: 'long', required: true }],
      send: (body, key) => api.POST('/take-on/corrections/{id}/refusal', { params: params(key), body }),
    },
  ];
  return all.filter((step) => state === 'proposed' && may.includes(step.name));
}
