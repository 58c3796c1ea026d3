import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { Schemas } from '@pledgeonce/client';
import { api } from '../../api/client.js';
import { useRead } from '../../api/use-read.js';
import { useOwn } from '../../session/session.js';
import { Day, Moment } from '../../ui/dates.js';
import { DocumentNumber } from '../../ui/document-number.js';
import { Money } from '../../ui/money.js';
import { NamedDocument } from '../../ui/named-document.js';
import { Page } from '../../ui/page.js';
import { Particulars } from '../../ui/particulars.js';
import { BalanceBar } from '../../ui/pictures/balance-bar.js';
import { Read } from '../../ui/read.js';
import { Section } from '../../ui/section.js';
import { StateBadge } from '../../ui/state-badge.js';
import { Steps } from '../../ui/steps.js';
import { ClaimCertificates } from '../certificates/certificates.js';
import { drawnOf } from '../verify/drawn-of.js';
import { ClaimDocuments } from './claim-documents.js';
import { ClaimProof } from './claim-proof.js';
import { claimSteps } from './claim-steps.js';

/** A claim: what it is, where it stands, what can be done, what is left, what happened, and the proof. */
export function Claim() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const claim = useRead(['claim', id], () => api.GET('/claims/{id}', { params: { path: { id } } }));
  return (
    <Read of={claim}>
      {(data) => (
        <Page
          title={<DocumentNumber value={data.applicationNumber} />}
          name={`${t('claim.one')} ${data.applicationNumber}`}
          state={<StateBadge state={data.state} />}
        >
          <ClaimBody claim={data} />
        </Page>
      )}
    </Read>
  );
}

function ClaimBody({ claim }: { readonly claim: Schemas['Claim'] }) {
  const { t } = useTranslation();
  const own = useOwn();
  const {
    id,
    amount,
    outstanding,
    enterprise,
    owner,
    product,
    dueDate,
    expiresAt,
    dispute,
    reason,
    repayments,
  } = claim;
  const steps = claimSteps(claim, own);
  return (
    <>
      <Section title={t('claim.what')}>
        <Particulars
          of={[
            ['enterprise', `${enterprise.scheme} ${enterprise.id}`],
            ['owner', owner],
            ['product', t(`product.${product}`)],
            ['amount', <Money key="amount" value={amount} />],
            ['dueDate', <Day key="due" value={dueDate} />],
            [
              'expiresAt',
              expiresAt === undefined ? undefined : <Moment key="expires" value={expiresAt} zone />,
            ],
            ['offeredTo', claim.offeredTo],
            ['transferredTo', claim.transferredTo],
            ['reason', reason ?? dispute?.reason],
            ['pastDueReason', claim.pastDueReason],
          ]}
        />
      </Section>
      {steps.length > 0 && (
        <Section title={t('claim.next')}>
          <Steps of={steps} record={`claim/${id}`} />
        </Section>
      )}
      <Section title={t('claim.left')}>
        <BalanceBar total={amount} drawn={drawnOf(amount.amount, outstanding.amount)} label="loan" />
        <Text mt="sm">
          {t('field.outstanding')}: <Money value={outstanding} />
        </Text>
        {repayments.length > 0 && (
          <Table mt="sm" aria-label={t('claim.repayments')}>
            <Table.Tbody>
              {repayments.map(({ at, amount: paid, source, document }) => (
                <Table.Tr key={at}>
                  <Table.Td>
                    <Moment value={at} />
                  </Table.Td>
                  <Table.Td>{t(`source.${source}`)}</Table.Td>
                  <Table.Td>{document !== undefined && <NamedDocument document={document} />}</Table.Td>
                  <Table.Td className="numeric">
                    <Money value={paid} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Section>
      <ClaimDocuments claim={claim} />
      {owner === own.organisation.mspId && ['officer', 'approver'].includes(own.person.role) && (
        <ClaimCertificates claim={id} />
      )}
      <ClaimProof id={id} />
    </>
  );
}
