import { useTranslation } from 'react-i18next';
import type { Schemas } from '@pledgeonce/client';
import { api, content } from '../../api/client.js';
import { useOwn } from '../../session/session.js';
import { Day } from '../../ui/dates.js';
import type { Column } from '../../ui/list/column.js';
import { queryOf } from '../../ui/list/query-of.js';
import { RecordList } from '../../ui/list/record-list.js';
import { Money } from '../../ui/money.js';
import { NamedDocument } from '../../ui/named-document.js';
import { Section } from '../../ui/section.js';
import { daysSince } from './days-since.js';

type Claim = Schemas['Claim'];

const awaited = ({ lines }: Claim) =>
  lines.filter(({ unmatched }) => unmatched).map(({ document }) => document);
const ageOf = ({ takenOn }: Claim) => (takenOn === undefined ? 0 : daysSince(takenOn.recordedAt, new Date()));

const columns: readonly Column<Claim>[] = [
  {
    name: 'applicationNumber',
    show: ({ applicationNumber }) => <code>{applicationNumber}</code>,
    text: ({ applicationNumber }) => applicationNumber,
  },
  { name: 'owner', show: ({ owner }) => owner, text: ({ owner }) => owner },
  { name: 'enterprise', show: ({ enterprise }) => enterprise.id, text: ({ enterprise }) => enterprise.id },
  {
    name: 'documents',
    show: (claim) =>
      awaited(claim).map((document) => (
        <NamedDocument key={document.type + document.number} document={document} />
      )),
    text: (claim) =>
      awaited(claim)
        .map(({ number }) => number)
        .join('; '),
  },
  {
    name: 'paidOutOn',
    show: ({ takenOn }) => takenOn && <Day value={takenOn.paidOutOn} />,
    text: ({ takenOn }) => takenOn?.paidOutOn ?? '',
  },
  {
    name: 'outstanding',
    show: ({ outstanding }) => <Money value={outstanding} />,
    text: ({ outstanding }) => `${outstanding.amount} ${outstanding.currency}`,
    isNumber: true,
  },
  { name: 'age', show: (claim) => <Age of={claim} />, text: (claim) => String(ageOf(claim)), isNumber: true },
];

/** Loans that were taken on and whose documents no authority has recorded: the longest wait is a question to the exporter. */
export function Unmatched() {
  const { t } = useTranslation();
  const { organisation } = useOwn();
  const isBank = organisation.kind === 'bank';
  return (
    <Section title={t('takeOn.unmatched')}>
      <p>{t('takeOn.unmatchedHint')}</p>
      <RecordList
        name="unmatched"
        of={{}}
        caption="takeOn.unmatched"
        columns={isBank ? columns.filter(({ name }) => name !== 'owner') : columns}
        keyOf={({ id }) => id}
        addressOf={({ id }) => `/claims/${id}`}
        read={(cursor) =>
          content(api.GET('/claims', { params: { query: { ...queryOf({}, cursor), unmatched: 'true' } } }))
        }
      />
    </Section>
  );
}

function Age({ of }: { readonly of: Claim }) {
  const { t } = useTranslation();
  return t('takeOn.days', { count: ageOf(of) });
}
