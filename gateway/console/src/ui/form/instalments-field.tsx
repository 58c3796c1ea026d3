import type { Field } from './fields.js';
import { MoneyField } from './money-field.js';
import { RepeatedField } from './repeated-field.js';
import { SimpleField } from './simple-field.js';

/** When how much of a document is to be paid. */
export function InstalmentsField({ field: { name, label = name } }: { readonly field: Field }) {
  return (
    <RepeatedField
      name={name}
      label={label}
      empty={{ dueDate: '', amount: { amount: '', currency: 'USD' } }}
      least={0}
      add="addInstalment"
      remove="removeInstalment"
    >
      {(part) => (
        <>
          <SimpleField field={{ name: `${part}.dueDate`, kind: 'date', label: 'dueDate', required: true }} />
          <MoneyField field={{ name: `${part}.amount`, label: 'amount', required: true }} />
        </>
      )}
    </RepeatedField>
  );
}
