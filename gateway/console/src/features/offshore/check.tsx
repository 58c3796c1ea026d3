import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { paths } from '@pledgeonce/client';
import { api } from '../../api/client.js';
import { useRead } from '../../api/use-read.js';
import { useOwn } from '../../session/session.js';
import { Moment } from '../../ui/dates.js';
import { Money } from '../../ui/money.js';
import { NamedDocument } from '../../ui/named-document.js';
import { Page } from '../../ui/page.js';
import { Particulars } from '../../ui/particulars.js';
import { ReadPage } from '../../ui/read.js';
import { Section } from '../../ui/section.js';
import { StateBadge } from '../../ui/state-badge.js';

type Report = paths['/offshore-checks/{id}']['get']['responses'][200]['content']['application/json'];

/** A report: what the bank said, whether it fits the record, and why not. */
export function OffshoreCheck() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const check = useRead(['offshore-check', id], () =>
    api.GET('/offshore-checks/{id}', { params: { path: { id } } }),
  );
  return (
    <ReadPage of={check}>
      {(report) => (
        <Page
          title={t('field.check')}
          name={`${t('field.check')} ${report.id.slice(0, 8)}`}
          state={<StateBadge state={report.verdict} />}
        >
          <Asked of={report} />
          <Dimensions of={report} />
        </Page>
      )}
    </ReadPage>
  );
}

function Asked({
  of: { asked, bank, person, at, marked, reportHash, id, verdict },
}: {
  readonly of: Report;
}) {
  const { t } = useTranslation();
  const { may } = useOwn();
  const papers = [...asked.bills, ...(asked.receipts ?? [])];
  const { invoice } = asked;
  return (
    <Section title={t('offshore.asked')}>
      <Particulars
        of={[
          [
            'id',
            <code key="id" className="whole">
              {id}
            </code>,
          ],
          ['bank', bank],
          ['person', person],
          ['at', <Moment key="at" value={at} zone />],
          ['enterprise', `${asked.enterprise.scheme} ${asked.enterprise.id}`],
          [
            'documents',
            papers.map(({ document }) => <NamedDocument key={document.number} document={document} copy />),
          ],
          ['invoice', invoice && <NamedDocument key="invoice" document={invoice.document} />],
          ['amount', invoice && <Money key="amount" value={invoice.total} />],
          [
            'marked',
            marked.length === 0
              ? undefined
              : marked.map((document) => <NamedDocument key={document.number} document={document} />),
          ],
          [
            'reportHash',
            <code key="hash" className="whole">
              {reportHash}
            </code>,
          ],
        ]}
      />
      {verdict === 'consistent' && may.includes('markPayments') && (
        <Link to="/payments/new">{t('offshore.pay', { check: id.slice(0, 8) })}</Link>
      )}
    </Section>
  );
}

function Dimensions({ of: { dimensions } }: { readonly of: Report }) {
  const { t } = useTranslation();
  const names = ['what', 'verdict', 'reason'];
  return (
    <Section title={t('offshore.compared')}>
      <Table.ScrollContainer minWidth={0}>
        <Table className="records" aria-label={t('offshore.compared')}>
          <Table.Thead>
            <Table.Tr>
              {names.map((name) => (
                <Table.Th key={name} scope="col">
                  {t(`field.${name}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {dimensions.map(({ dimension, verdict, reasons }) => (
              <Table.Tr key={dimension}>
                <Table.Td data-label={t('field.what')}>{t(`offshore.${dimension}`)}</Table.Td>
                <Table.Td data-label={t('field.verdict')}>
                  <StateBadge state={verdict} />
                </Table.Td>
                <Table.Td data-label={t('field.reason')}>
                  {/* One beside the label on a phone, not each beside the others. */}
                  <div>
                    {reasons.map((reason) => (
                      <div key={reason} lang="en">
                        {reason}
                      </div>
                    ))}
                  </div>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Section>
  );
}
