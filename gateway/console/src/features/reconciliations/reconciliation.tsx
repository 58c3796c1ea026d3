import { Button, Table, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { paths } from '@pledgeonce/client';
import { api, content } from '../../api/client.js';
import { useRead } from '../../api/use-read.js';
import { useOwn } from '../../session/session.js';
import { Day, Moment } from '../../ui/dates.js';
import { DocumentNumber } from '../../ui/document-number.js';
import type { Column } from '../../ui/list/column.js';
import { RecordList } from '../../ui/list/record-list.js';
import { Money } from '../../ui/money.js';
import { Page } from '../../ui/page.js';
import { Particulars } from '../../ui/particulars.js';
import { ProblemNote } from '../../ui/problem-note.js';
import { Read } from '../../ui/read.js';
import { Section } from '../../ui/section.js';
import { StateBadge } from '../../ui/state-badge.js';
import type { View } from './reconciliations.js';
import { saveFile } from './save-file.js';

type Answer =
  paths['/reconciliations/{id}/differences']['get']['responses'][200]['content']['application/json'];
type Difference = Answer['items'][number];
type Side = NonNullable<Difference['book']>;

/** A reconciliation: what it came to, and for its bank the differences side by side. */
export function Reconciliation() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { organisation } = useOwn();
  const one = useRead(['reconciliation', id], () =>
    api.GET('/reconciliations/{id}', { params: { path: { id } } }),
  );
  return (
    <Page title={t('page./reconciliations')}>
      <Read of={one}>
        {(view) => (
          <>
            <Section title={t('claim.what')}>
              <Particulars
                of={[
                  ['asOf', <Day key="asOf" value={view.asOf} />],
                  ['bank', view.bank],
                  ['recordedBy', view.recordedBy],
                  ['createdAt', <Moment key="createdAt" value={view.createdAt} />],
                  ['verdict', t(`verdict.${view.verdict}`)],
                  ['bookLines', view.lines],
                  ['liveClaims', view.claims],
                  ['agreed', view.agreed],
                  [
                    'differs',
                    Object.entries(view.differences)
                      .filter(([, count]) => count > 0)
                      .map(([kind, count]) => `${t(`difference.${kind}`)}: ${String(count)}`)
                      .join(t('ui.listSign')),
                  ],
                ]}
              />
            </Section>
            <Totals of={view.totals} />
            {organisation.kind === 'bank' && <Differences of={view} />}
            <Section title={t('monthEnd.proof')}>
              <DocumentNumber value={view.result} />
            </Section>
          </>
        )}
      </Read>
    </Page>
  );
}

function Totals({ of }: { readonly of: View['totals'] }) {
  const { t } = useTranslation();
  const sides = ['book', 'registry', 'open'] as const;
  return (
    <Section title={t('monthEnd.totals')}>
      <Table className="records" aria-label={t('monthEnd.totals')}>
        <Table.Thead>
          <Table.Tr>
            {sides.map((side) => (
              <Table.Th key={side} scope="col" className="numeric">
                {t(`field.${side}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {of.map((row) => (
            <Table.Tr key={row.book.currency}>
              {sides.map((side) => (
                <Table.Td key={side} data-label={t(`field.${side}`)} className="numeric">
                  <Money value={row[side]} />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  );
}

const columns: readonly Column<Difference>[] = [
  {
    name: 'applicationNumber',
    show: ({ applicationNumber = '' }) => <code>{applicationNumber}</code>,
    text: ({ applicationNumber = '' }) => applicationNumber,
  },
  {
    name: 'differs',
    show: (difference) => <WhatDiffers of={difference} />,
    text: ({ differs }) => differs.join('; '),
  },
  { name: 'book', show: ({ book }) => <Shown side={book} />, text: ({ book }) => sideText(book) },
  {
    name: 'registry',
    show: ({ registry }) => <Shown side={registry} />,
    text: ({ registry }) => sideText(registry),
  },
];

function Differences({ of: { id, verdict, asOf } }: { readonly of: View }) {
  const { t } = useTranslation();
  return (
    <Section title={t('monthEnd.differences')}>
      <TakeAlong id={id} asOf={asOf} />
      {verdict === 'agreed' ? (
        <Text>{t('monthEnd.allAgreed')}</Text>
      ) : (
        <RecordList
          name="differences"
          of={id}
          caption="monthEnd.differences"
          columns={columns}
          keyOf={({ claim = '', applicationNumber = '' }) => claim + applicationNumber}
          read={(cursor) =>
            content(
              api.GET('/reconciliations/{id}/differences', {
                params: { path: { id }, query: { limit: 50, ...(cursor !== undefined && { cursor }) } },
              }),
            )
          }
        />
      )}
    </Section>
  );
}

/** The differences as a file, and the result as whoever audits it takes it. */
function TakeAlong({ id, asOf }: Pick<View, 'id' | 'asOf'>) {
  const { t } = useTranslation();
  const saving = useMutation({
    mutationFn: (what: 'differences' | 'result') =>
      what === 'result'
        ? saveFile(`/reconciliations/${id}/result`, `reconciliation-${asOf}.ndjson`, 'application/x-ndjson')
        : saveFile(`/reconciliations/${id}/differences`, `differences-${asOf}.csv`, 'text/csv'),
  });
  return (
    <>
      <Button
        variant="default"
        size="xs"
        mr="xs"
        mb="sm"
        onClick={() => {
          saving.mutate('differences');
        }}
      >
        {t('monthEnd.file')}
      </Button>
      <Button
        variant="default"
        size="xs"
        mb="sm"
        onClick={() => {
          saving.mutate('result');
        }}
      >
        {t('monthEnd.result')}
      </Button>
      {saving.isError && <ProblemNote error={saving.error} />}
    </>
  );
}

function WhatDiffers({ of: { differs, documents = [] } }: { readonly of: Difference }) {
  const { t } = useTranslation();
  return (
    <>
      {differs.map((kind) => (
        <div key={kind}>{t(`difference.${kind}`)}</div>
      ))}
      {documents.map(({ type, number, change }) => (
        <Text key={number} size="sm" c="dimmed">
          {t(`type.${type}`)} <code>{number}</code> {t(`change.${change}`)}
        </Text>
      ))}
    </>
  );
}

function Shown({ side }: { readonly side: Side | undefined }) {
  const { t } = useTranslation();
  if (side === undefined) return <Text c="dimmed">{t('monthEnd.absent')}</Text>;
  return (
    <>
      <div>
        <Money value={side.outstanding} />
      </div>
      {side.state !== undefined && <StateBadge state={side.state} />}
      {side.dueDate !== undefined && (
        <div>
          <Day value={side.dueDate} />
        </div>
      )}
    </>
  );
}

function sideText(side: Side | undefined): string {
  if (side === undefined) return '';
  return [side.state, side.outstanding.amount, side.outstanding.currency, side.dueDate].join(' ').trim();
}
