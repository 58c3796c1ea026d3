import { Timeline, Text } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { paths, Schemas } from '@pledgeonce/client';
import { api, content } from '../../api/client.js';
import { Moment } from '../../ui/dates.js';
import { Money } from '../../ui/money.js';
import { NamedDocument } from '../../ui/named-document.js';
import { TradeGraph } from '../../ui/pictures/trade-graph.js';
import { Section } from '../../ui/section.js';

type Limits = NonNullable<
  paths['/audit/facts/{id}']['get']['responses'][200]['content']['application/json']['limits']
>;
type Change = Limits['items'][number];

/** Documents of a trade that are drawn; all of them are in the list beside the picture. */
const mostDrawn = 16;

/** Why so much is left: the documents of the trade, those that bind it marked, and every change that moved the limit. */
export function Limit({ of, fact }: { readonly of: Limits; readonly fact: Schemas['Fact'] }) {
  const { t } = useTranslation();
  const latest = of.items.at(-1);
  return (
    <Section title={t('limit.title')}>
      {latest === undefined ? (
        <Text c="dimmed">{t('limit.none')}</Text>
      ) : (
        <>
          <Text mb="sm">
            <Left of={latest} />{' '}
            {latest.limitedBy !== undefined && latest.limitedBy.documents.length > 0 && t('limit.sentence')}
          </Text>
          <Trade fact={fact} changes={of.items} latest={latest} />
          <Timeline bulletSize={12} lineWidth={2} mt="md" aria-label={t('limit.changes')}>
            {of.items.toReversed().map((change) => (
              <Timeline.Item key={change.transactionId} title={<Left of={change} />}>
                <Moment value={change.at} zone />
                {change.causes.map((cause) => (
                  <div key={cause.cause}>
                    <Why of={cause} />
                  </div>
                ))}
              </Timeline.Item>
            ))}
          </Timeline>
        </>
      )}
    </Section>
  );
}

function Left({ of: { remaining, overdrawn } }: { readonly of: Change }) {
  const { t } = useTranslation();
  if (remaining === undefined) return t('limit.unknown');
  return (
    <span className={overdrawn ? 'wrong' : ''}>
      {t('problem.left')} <Money value={remaining} />
      {overdrawn && ` · ${t('state.overdrawn')}`}
    </span>
  );
}

function Why({ of: { cause, documents, claims, currencies } }: { readonly of: Change['causes'][number] }) {
  const { t } = useTranslation();
  return (
    <>
      {t(`cause.${cause}`)}{' '}
      {documents.map((document) => (
        <Link key={document.id} to={`/documents/${document.id}`}>
          <NamedDocument document={document} />
        </Link>
      ))}
      {claims.map((id) => (
        <Link key={id} to={`/claims/${id}`} className="named">
          {t('claim.one')} <code>{id.slice(0, 8)}</code>
        </Link>
      ))}
      {currencies.join(', ')}
    </>
  );
}

/** The picture: every document that the changes name, with what it states and what it cites. */
function Trade({
  fact,
  changes,
  latest,
}: {
  readonly fact: Schemas['Fact'];
  readonly changes: readonly Change[];
  readonly latest: Change;
}) {
  const named = changes.flatMap(({ causes }) =>
    causes.flatMap(({ documents }) => documents.map(({ id }) => id)),
  );
  const others = [...new Set(named)].filter((id) => id !== fact.id).slice(0, mostDrawn);
  const read = useQueries({
    queries: others.map((id) => ({
      queryKey: ['fact', id],
      queryFn: () => content(api.GET('/facts/{id}', { params: { path: { id } } })),
    })),
  });
  const facts = [fact, ...read.flatMap(({ data }) => data ?? [])];
  return (
    <TradeGraph
      documents={facts.map(({ id, type, number, payable, total, cites }) => ({
        type,
        number,
        amount: payable ?? total,
        cites,
        isSubject: id === fact.id,
      }))}
      boundBy={latest.limitedBy?.documents ?? []}
    />
  );
}
