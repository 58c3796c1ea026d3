import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { Schemas } from '@pledgeonce/client';
import { api } from '../../api/client.js';
import { useRead } from '../../api/use-read.js';
import { useOwn } from '../../session/session.js';
import { Awaits } from '../../ui/awaits.js';
import { DocumentNumber } from '../../ui/document-number.js';
import { Page } from '../../ui/page.js';
import { History } from '../../ui/pictures/timeline.js';
import { TradeGraph } from '../../ui/pictures/trade-graph.js';
import { PrintedNumber } from '../../ui/printed-number.js';
import { Read, ReadPage } from '../../ui/read.js';
import { Section } from '../../ui/section.js';
import { StateBadge } from '../../ui/state-badge.js';
import { Steps } from '../../ui/steps.js';
import { Evidence } from '../audit/evidence.js';
import { ObjectLink } from '../objections/object-link.js';
import { OwnStanding } from '../own-documents/own-standing.js';
import { DocumentParticulars } from './document-particulars.js';
import { documentSteps } from './document-steps.js';
import { Journey } from './journey.js';
import { Limit } from './limit.js';
import { NearDuplicates } from './near-duplicates.js';
import { CoverUse } from './cover-use.js';

/** A document: what it states, where it stands, what its authority can do, its trade and its history. */
export function DocumentPage() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const fact = useRead(['fact', id], () => api.GET('/facts/{id}', { params: { path: { id } } }));
  return (
    <ReadPage of={fact}>
      {(data) => (
        <Page
          title={
            <>
              <DocumentNumber value={data.number} /> <PrintedNumber value={data.printedNumber} />
            </>
          }
          name={`${t(`type.${data.type}`)} ${data.number}`}
          state={
            <>
              <StateBadge state={data.status} />
              {data.overdrawn && <StateBadge state="overdrawn" />}
            </>
          }
        >
          <DocumentBody fact={data} />
        </Page>
      )}
    </ReadPage>
  );
}

function DocumentBody({ fact }: { readonly fact: Schemas['Fact'] }) {
  const { t } = useTranslation();
  const own = useOwn();
  const { id, type, number, seller, total, payable, cites } = fact;
  const steps = documentSteps(fact, own);
  return (
    <>
      <Awaits of={fact} />
      <DocumentParticulars fact={fact} />
      <Journey of={fact.transport?.events} />
      {steps.length > 0 && (
        <Section title={t('claim.next')}>
          <Text size="sm" mb="sm">
            {t('document.effect')}
          </Text>
          <Steps of={steps} record={`fact/${id}`} />
        </Section>
      )}
      <ObjectLink document={{ type, number }} enterprise={seller} />
      {own.may.includes('readOwnDocument') && <OwnStanding document={{ type, number }} />}
      {cites.length > 0 && own.organisation.kind !== 'regulator' && (
        <Section title={t('document.trade')}>
          <TradeGraph
            documents={[
              { type, number, amount: payable ?? total, cites, isSubject: true },
              ...cites.map((cited) => ({ ...cited, cites: [] })),
            ]}
            boundBy={[]}
          />
        </Section>
      )}
      {fact.nearDuplicates.length > 0 && <NearDuplicates fact={fact} />}
      {(type === 'buyer-limit' || type === 'declared-shipment') && own.may.includes('readCoverUse') && (
        <CoverUse id={id} />
      )}
      <DocumentHistory fact={fact} />
      <Evidence of="fact" id={id} />
    </>
  );
}

function DocumentHistory({ fact }: { readonly fact: Schemas['Fact'] }) {
  const { id } = fact;
  const { t } = useTranslation();
  const history = useRead(['fact', id, 'history'], () =>
    api.GET('/audit/facts/{id}', { params: { path: { id } } }),
  );
  return (
    <Read of={history}>
      {({ versions, limits }) => (
        <>
          {limits !== undefined && <Limit of={limits} fact={fact} />}
          <Section title={t('ui.history')}>
            <History versions={versions} />
          </Section>
        </>
      )}
    </Read>
  );
}
