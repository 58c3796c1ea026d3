import type { TFunction } from 'i18next';
import type { ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@pledgeonce/client';
import { Day, Moment } from '../../ui/dates.js';
import { Money } from '../../ui/money.js';
import { Particulars } from '../../ui/particulars.js';
import { Section } from '../../ui/section.js';

/** What a document states, as far as it states it. */
export function DocumentParticulars({ fact }: { readonly fact: Schemas['Fact'] }) {
  const { t } = useTranslation();
  const { seller, buyer, total, payable, quantity } = fact;
  return (
    <Section title={t(`type.${fact.type}`)}>
      <Particulars
        of={[
          ['date', <Day key="date" value={fact.date} />],
          ['seller', `${seller.name ?? ''} ${seller.scheme} ${seller.id}`],
          ['buyer', buyer === undefined ? undefined : `${buyer.name ?? ''} ${buyer.scheme} ${buyer.id}`],
          ['total', total === undefined ? undefined : <Money key="total" value={total} />],
          ['payable', payable === undefined ? undefined : <Money key="payable" value={payable} />],
          [
            'instalments',
            fact.instalments?.map(({ dueDate, amount }) => (
              <div key={dueDate}>
                <Day value={dueDate} /> <Money value={amount} />
              </div>
            )),
          ],
          ['quantity', quantity === undefined ? undefined : `${quantity.amount} ${quantity.unit}`],
          ['authority', fact.authority],
          ['version', String(fact.version)],
          ['recordedAt', <Moment key="at" value={fact.recordedAt} />],
          ['issuingBank', fact.letterOfCredit?.issuingBank],
          ['expiresOn', fact.letterOfCredit?.expiresOn],
          ['presentBy', fact.letterOfCredit?.presentBy],
          ['latestShipment', fact.letterOfCredit?.latestShipment],
          ['validUntil', fact.filing?.validUntil],
          ...ofCover(fact, t),
          ...ofTransport(fact),
          ['reason', fact.reason],
        ]}
      />
    </Section>
  );
}

type Rows = ComponentProps<typeof Particulars>['of'];

/** What an insurer's paper states. */
function ofCover({ policy, limit, shipment }: Schemas['Fact'], t: TFunction): Rows {
  return [
    ['insuredShare', policy?.insuredShare],
    ['policy', limit?.policy ?? shipment?.policy],
    ['validUntil', limit?.validUntil],
    ['lapsedOn', limit?.lapsedOn],
    ['premiumPaid', shipment && t(`answer.${shipment.premiumPaid ? 'yes' : 'no'}`)],
    ['declinedOn', shipment?.declinedOn],
  ];
}

/** What a carrier's or warehouse's paper states. */
function ofTransport({ transport = {} }: Schemas['Fact']): Rows {
  const { vessel, from, to, loadedOn, arrivedOn, containers } = transport;
  return [
    ['vessel', vessel?.name],
    ['from', from],
    ['to', to],
    ['loadedOn', loadedOn],
    ['arrivedOn', arrivedOn],
    ['containers', containers?.join(', ')],
  ];
}
