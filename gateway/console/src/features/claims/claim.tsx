import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { Schemas } from '@pledgeonce/client';
import { api } from '../../api/client.js';
import { useRead } from '../../api/use-read.js';
import { useOwn } from '../../session/session.js';
import { DocumentNumber } from '../../ui/document-number.js';
import { Money } from '../../ui/money.js';
import { Evidence } from '../audit/evidence.js';
import { Awaits } from '../../ui/awaits.js';
import { Page } from '../../ui/page.js';
import { BalanceBar } from '../../ui/pictures/balance-bar.js';
import { ReadPage } from '../../ui/read.js';
import { Section } from '../../ui/section.js';
import { StateBadge } from '../../ui/state-badge.js';
import { Steps } from '../../ui/steps.js';
import { ClaimCertificates } from '../certificates/certificates.js';
import { drawnOf } from '../verify/drawn-of.js';
import { ClaimDocuments } from './claim-documents.js';
import { ClaimGoods } from './claim-goods.js';
import { ClaimParticulars } from './claim-particulars.js';
import { ClaimProof } from './claim-proof.js';
import { claimSteps, seenBy } from './claim-steps.js';
import { Moves } from './moves.js';
import { Repayments } from './repayments.js';
import { Reversals } from './reversals.js';

/** A claim: what it is, where it stands, what can be done, what is left, what happened, and the proof. */
export function Claim() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const claim = useRead(['claim', id], () => api.GET('/claims/{id}', { params: { path: { id } } }));
  return (
    <ReadPage of={claim}>
      {(data) => (
        <Page
          title={<DocumentNumber value={data.applicationNumber} />}
          name={`${t('claim.one')} ${data.applicationNumber}`}
          state={<StateBadge state={data.state} />}
        >
          <ClaimBody claim={data} />
        </Page>
      )}
    </ReadPage>
  );
}

function ClaimBody({ claim }: { readonly claim: Schemas['Claim'] }) {
  const { t } = useTranslation();
  const own = useOwn();
  const { id, amount, outstanding } = claim;
  const seen = seenBy(own, claim);
  const steps = claimSteps(seen);
  return (
    <>
      <ClaimParticulars claim={claim} />
      <Awaits of={claim} />
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
        <Repayments seen={seen} />
      </Section>
      <Moves claim={claim} />
      <Reversals claim={claim} />
      <ClaimDocuments claim={claim} />
      <ClaimGoods claim={claim} />
      {seen.isOwner && ['officer', 'approver'].includes(own.person.role) && <ClaimCertificates claim={id} />}
      <ClaimProof id={id} />
      <Evidence of="claim" id={id} />
    </>
  );
}
