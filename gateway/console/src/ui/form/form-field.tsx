import { DocumentField } from './document-field.js';
import { ChoicesField } from './choices-field.js';
import { FingerprintField } from './fingerprint-field.js';
import { GoodsField } from './goods-field.js';
import { InstalmentsField } from './instalments-field.js';
import { LinesField } from './lines-field.js';
import { MoneyField } from './money-field.js';
import { PartyField } from './party-field.js';
import { SimpleField } from './simple-field.js';
import type { Field } from './fields.js';

export function FormField({ field }: { readonly field: Field }) {
  switch (field.kind) {
    case 'money':
      return <MoneyField field={field} />;
    case 'document':
      return <DocumentField field={field} />;
    case 'party':
      return <PartyField field={field} />;
    case 'lines':
      return <LinesField field={field} />;
    case 'goods':
      return <GoodsField field={field} />;
    case 'instalments':
      return <InstalmentsField field={field} />;
    case 'fingerprint':
      return <FingerprintField field={field} />;
    case 'choices':
      return <ChoicesField field={field} />;
    default:
      return <SimpleField field={field} />;
  }
}
