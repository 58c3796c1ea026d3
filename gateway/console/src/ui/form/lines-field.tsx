import { DocumentField } from './document-field.js';
import type { Field } from './fields.js';
import { MoneyField } from './money-field.js';
import { RepeatedField } from './repeated-field.js';

/** The documents that a claim stands on, and how much on each. */
export function LinesField({ field }: { readonly field: Field }) {
  const { name, label = name, options, withTotal = false, least = 1, add = 'addLine' } = field;
  const type = options?.[0] ?? 'customs-declaration';
  return (
    <RepeatedField
      name={name}
      label={label}
      empty={{ document: { type, number: '' }, amount: { amount: '', currency: 'USD' } }}
      least={least}
      add={add}
      remove="removeLine"
    >
      {(line) => (
        <>
          <DocumentField field={{ name: `${line}.document`, ...(options && { options }) }} />
          {withTotal && (
            <MoneyField field={{ name: `${line}.total`, label: 'documentTotal', required: true }} />
          )}
          <MoneyField field={{ name: `${line}.amount`, label: 'amount', required: true }} />
        </>
      )}
    </RepeatedField>
  );
}
