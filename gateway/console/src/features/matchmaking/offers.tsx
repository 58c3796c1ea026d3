import { useTranslation } from 'react-i18next';
import type { paths, Schemas } from '@pledgeonce/client';
import { api } from '../../api/client.js';
import { once, useRead } from '../../api/use-read.js';
import { useOwn } from '../../session/session.js';
import { Moment } from '../../ui/dates.js';
import type { Column } from '../../ui/list/column.js';
import { WholeList } from '../../ui/list/whole-list.js';
import { Money } from '../../ui/money.js';
import { Read } from '../../ui/read.js';
import { Section } from '../../ui/section.js';
import { StateBadge } from '../../ui/state-badge.js';
import { Steps } from '../../ui/steps.js';
import { allInCost } from './all-in-cost.js';
import type { RequestView } from './requests.js';

type Offer =
  paths['/financing-requests/{id}/offers']['get']['responses'][200]['content']['application/json']['items'][number];
interface Costed extends Offer {
  readonly cost: Schemas['Money'] | undefined;
}

const written = (money: Schemas['Money'] | undefined) =>
  money === undefined ? '' : `${money.amount} ${money.currency}`;

const columns: readonly Column<Costed>[] = [
  { name: 'bank', show: ({ bank }) => bank, text: ({ bank }) => bank },
  { name: 'state', show: ({ state }) => <StateBadge state={state} />, text: ({ state }) => state },
  {
    name: 'amount',
    isNumber: true,
    show: ({ terms }) => terms && <Money value={terms.amount} />,
    text: ({ terms }) => written(terms?.amount),
  },
  {
    name: 'rate',
    isNumber: true,
    show: ({ terms }) => terms && `${terms.rate} %`,
    text: ({ terms }) => terms?.rate ?? '',
  },
  {
    name: 'fees',
    isNumber: true,
    show: ({ terms }) => terms?.fees && <Money value={terms.fees} />,
    text: ({ terms }) => written(terms?.fees),
  },
  {
    name: 'allInCost',
    isNumber: true,
    show: ({ cost }) => cost && <Money value={cost} />,
    text: ({ cost }) => written(cost),
  },
  {
    name: 'validUntil',
    show: ({ terms }) => terms && <Moment value={terms.validUntil} zone />,
    text: ({ terms }) => terms?.validUntil ?? '',
  },
];

/** The offers, the cheapest in all first: amount, rate, fees and what they come to. */
export function Offers({ request: { id, tenorDays, state } }: { readonly request: RequestView }) {
  const { t } = useTranslation();
  const { may } = useOwn();
  const offers = useRead(['request', id, 'offers'], () =>
    api.GET('/financing-requests/{id}/offers', { params: { path: { id }, query: { limit: 200 } } }),
  );
  // Once one is taken the others wait for its bank, and can be taken by nobody.
  const isOpen = (state === 'open' || state === 'closed') && may.includes('acceptOffer');
  return (
    <Section title={t('request.offers')}>
      <Read of={offers}>
        {({ items }) => (
          <WholeList
            name="offers"
            caption="request.offers"
            empty="request.noOffers"
            columns={columns}
            items={byCost(items, tenorDays)}
            keyOf={(offer) => offer.id}
            actions={(offer) => isOpen && offer.state === 'opened' && <AcceptOffer id={offer.id} />}
          />
        )}
      </Read>
    </Section>
  );
}

function byCost(offers: readonly Offer[], days: number): readonly Costed[] {
  return offers
    .map((offer) => ({ ...offer, cost: offer.terms && allInCost(offer.terms, days) }))
    .toSorted((a, b) => Number(a.cost?.amount ?? Infinity) - Number(b.cost?.amount ?? Infinity));
}

function AcceptOffer({ id }: { readonly id: string }) {
  return (
    <Steps
      inRow
      record={`offer/${id}`}
      of={[
        {
          name: 'acceptOffer',
          fields: [],
          send: (_body, key) =>
            api.POST('/offers/{id}/acceptance', { params: { path: { id }, ...once(key) } }),
        },
      ]}
    />
  );
}
