import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@pledgeonce/client';
import { Moment } from '../../ui/dates.js';
import { Section } from '../../ui/section.js';

/** What happens to goods on their way; the ledger takes other words as well, and shows them as they are. */
export const journeyEvents = [
  'received',
  'loaded',
  'departed',
  'arrived',
  'discharged',
  'delivered',
] as const;

/** What has happened to the goods of a document, in the order in which the carrier has told it. */
export function Journey({ of }: { readonly of: NonNullable<Schemas['Fact']['transport']>['events'] }) {
  const { t, i18n } = useTranslation();
  if (of === undefined || of.length === 0) return null;
  const nameOf = (event: string) =>
    i18n.exists(`journeyEvent.${event}`) ? t(`journeyEvent.${event}`) : event;
  return (
    <Section title={t('document.journey')}>
      <Table className="records" aria-label={t('document.journey')}>
        <Table.Thead>
          <Table.Tr>
            {['at', 'event', 'place', 'vessel', 'container'].map((name) => (
              <Table.Th key={name} scope="col">
                {t(`field.${name}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {of.map(({ event, at, place, vessel, container }, index) => (
            <Table.Tr key={`${String(index)}${at}`}>
              <Table.Td>
                <Moment value={at} />
              </Table.Td>
              <Table.Td>{nameOf(event)}</Table.Td>
              <Table.Td>{place}</Table.Td>
              <Table.Td>{vessel?.name}</Table.Td>
              <Table.Td>{container}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  );
}
