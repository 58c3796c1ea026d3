import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '@pledgeonce/client';
import { useOwn } from '../../session/session.js';
import { mayOpenDocument } from '../../ui/may-open-document.js';
import { Money } from '../../ui/money.js';
import { NamedDocument } from '../../ui/named-document.js';
import { TradeGraph } from '../../ui/pictures/trade-graph.js';
import { Section } from '../../ui/section.js';

/** The documents that a claim stands on, in figures and as a picture. */
export function ClaimDocuments({ claim }: { readonly claim: Schemas['Claim'] }) {
  const { t } = useTranslation();
  const own = useOwn();
  const lines = [...claim.lines, ...(claim.cover ?? [])];
  return (
    <Section title={t('claim.documents')}>
      <ul className="plain-list">
        {lines.map(({ document, fact, amount, drawn, rate }) => (
          <li key={fact + document.number}>
            {mayOpenDocument(own, document) ? (
              <Link to={`/documents/${fact}`}>
                <NamedDocument document={document} />
              </Link>
            ) : (
              <NamedDocument document={document} copy />
            )}
            <Money value={amount} />
            {rate !== undefined && (
              <span className="faint">
                {' '}
                {t('claim.drawnAs')} <Money value={drawn} /> · {rate.date}
              </span>
            )}
          </li>
        ))}
      </ul>
      {lines.length > 1 && (
        <TradeGraph
          documents={lines.map(({ document, drawn }) => ({ ...document, amount: drawn, cites: [] }))}
          boundBy={[]}
        />
      )}
    </Section>
  );
}
