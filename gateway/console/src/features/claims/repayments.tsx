import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Moment } from '../../ui/dates.js';
import { Money } from '../../ui/money.js';
import { NamedDocument } from '../../ui/named-document.js';
import { Steps } from '../../ui/steps.js';
import type { Seen } from './claim-step.js';
import { repaymentReversal } from './correction-steps.js';

/** What came in, from where; what was entered by mistake stays, struck out, with the reason. */
export function Repayments({ seen }: { readonly seen: Seen }) {
  const { t } = useTranslation();
  const { id, repayments } = seen.claim;
  if (repayments.length === 0) return null;
  return (
    <Table mt="sm" aria-label={t('claim.repayments')}>
      <Table.Tbody>
        {repayments.map(({ at, amount, source, document, reversed, surplus }, place) => (
          <Table.Tr key={at}>
            <Table.Td>
              <Moment value={at} />
            </Table.Td>
            <Table.Td>
              {t(`source.${source}`)}
              {reversed !== undefined && (
                <div className="faint">
                  {t('claim.reversed')} <Moment value={reversed.at} />: {reversed.reason}
                </div>
              )}
              {surplus !== undefined && (
                <div className="faint">
                  {t('claim.surplus')} <Money value={surplus} />
                </div>
              )}
            </Table.Td>
            <Table.Td>{document !== undefined && <NamedDocument document={document} />}</Table.Td>
            <Table.Td className="numeric">
              {reversed === undefined ? (
                <Money value={amount} />
              ) : (
                <del>
                  <Money value={amount} />
                </del>
              )}
            </Table.Td>
            <Table.Td>
              <Steps
                inRow
                of={repaymentReversal(seen, place + 1)}
                record={`claim/${id}/repayment/${place + 1}`}
              />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
