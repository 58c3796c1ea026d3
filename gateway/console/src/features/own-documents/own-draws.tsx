import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Day } from '../../ui/dates.js';
import { Money } from '../../ui/money.js';
import { StateBadge } from '../../ui/state-badge.js';
import { NamedDocument } from '../../ui/named-document.js';
import type { OwnDraw } from './own-document.js';

/** Claims and payments on the trade of an enterprise's document, with the bank of each. */
export function OwnDraws({ of }: { readonly of: readonly OwnDraw[] }) {
  const { t } = useTranslation();
  if (of.length === 0) return <p>{t('ownDocument.noDraws')}</p>;
  return (
    <Table className="records" mt="sm" aria-label={t('ownDocument.draws')}>
      <Table.Thead>
        <Table.Tr>
          {['bank', 'kind', 'state', 'type', 'dueDate', 'amount', 'outstanding'].map((name) => (
            <Table.Th
              key={name}
              scope="col"
              {...(['amount', 'outstanding'].includes(name) && { className: 'numeric' })}
            >
              {t(`field.${name}`)}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {of.map((draw) => (
          <DrawRow key={draw.id + draw.document.number} draw={draw} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function DrawRow({ draw }: { readonly draw: OwnDraw }) {
  const { t } = useTranslation();
  const { kind, bank, state, document, amount } = draw;
  const isClaim = draw.kind === 'claim';
  return (
    <Table.Tr>
      <Table.Td data-label={t('field.bank')}>{bank}</Table.Td>
      <Table.Td data-label={t('field.kind')}>
        {isClaim ? t(`product.${draw.product}`) : t(`record.${kind}`)}
        {isClaim && draw.debtorNotice !== undefined && (
          <div className="faint">
            {t('field.debtorTold')} <Day value={draw.debtorNotice.date} /> · {draw.debtorNotice.how}
          </div>
        )}
        {isClaim && draw.dispute !== undefined && <div className="wrong">{draw.dispute}</div>}
      </Table.Td>
      <Table.Td data-label={t('field.state')}>
        <StateBadge state={state} />
      </Table.Td>
      <Table.Td data-label={t('field.type')}>
        <NamedDocument document={document} />
      </Table.Td>
      <Table.Td data-label={t('field.dueDate')}>
        <Day value={isClaim ? draw.dueDate : draw.paidOn} />
      </Table.Td>
      <Table.Td data-label={t('field.amount')} className="numeric">
        <Money value={amount} />
      </Table.Td>
      <Table.Td data-label={t('field.outstanding')} className="numeric">
        {isClaim && <Money value={draw.outstanding} />}
      </Table.Td>
    </Table.Tr>
  );
}
