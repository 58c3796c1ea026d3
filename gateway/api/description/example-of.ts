/** As much of a JSON schema as the description of the API is made of. */
export interface Described {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly format?: string;
  readonly contentEncoding?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly minItems?: number;
  readonly items?: Described;
  readonly additionalProperties?: boolean | Described;
  readonly properties?: Readonly<Record<string, Described>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Described[];
  readonly oneOf?: readonly Described[];
  readonly allOf?: readonly Described[];
}

/** What a reader meets again and again is the same everywhere. */
const known: Readonly<Record<string, unknown>> = {
  Money: { amount: '1000.00', currency: 'USD' },
  PartyId: { scheme: 'USCC', id: '91330200MA2CKXQ85H' },
  Party: { scheme: 'USCC', id: '91330200MA2CKXQ85H', name: 'Ningbo Harbour Tools Co., Ltd' },
  Document: { type: 'tax-invoice', number: 'INV-2026-001' },
};

const id = 'a3f1'.repeat(16);
const base64 = Buffer.from('signed').toString('base64');

/** What a rule over several fields asks for, which no schema says: of a bill the ship or the containers, of each class a price. */
const together: Readonly<Record<string, object>> = {
  bills: { containers: ['CSQU3054383'] },
  rules: { excludedClasses: ['A', 'B', 'C'] },
};

/** By the name of a field; one that does not fit its pattern is not used. */
const byName: Readonly<Record<string, string>> = {
  type: 'customs-declaration',
  documents: 'customs-declaration',
  number: 'INV-2026-001',
  applicationNumber: 'LN-2026-0001',
  reference: 'TT-2026-0001',
  reason: 'Short shipment.',
  remark: 'Both papers are of one sale.',
  purpose: 'Export of tools',
  name: 'Ningbo Harbour Tools Co., Ltd',
  amount: '1000.00',
  currency: 'USD',
  base: 'CNY',
  rate: '7.1',
  bank: 'BankAMSP',
  largest: '50000.00',
  perEnterprise: '200000.00',
  raw: base64,
  response: base64,
  endorser: base64,
  signature: base64,
  person: 'officer',
  enterprise: '91330200MA2CKXQ85H',
  time: '2026-11-02T08:00:00.000Z',
};

/** Texts of the forms that patterns ask for, the usual first. */
const texts: readonly string[] = [
  'An example',
  'example',
  id,
  'a3f1c29e',
  'a3f1'.repeat(8),
  'USD',
  '1000.00',
  '7.1',
  '1',
  '2026-11-02',
  '2026-11',
  '2026-11-02T08:00:00.000Z',
  'BankAMSP',
  '91330200MA2CKXQ85H',
  '740311',
  '9300001',
  'LN-1',
  'machine-erp',
  '+08:00',
  base64,
  '1-0-0',
  `CL~${id}~1`,
  '3f0c1f5e-6f0a-4c11-9d5e-2f6b8f1f0a01',
];

const byFormat: Readonly<Record<string, string>> = {
  date: '2026-11-02',
  'date-time': '2026-11-02T08:00:00.000Z',
  uuid: '3f0c1f5e-6f0a-4c11-9d5e-2f6b8f1f0a01',
  base64: base64,
  uri: 'https://bank.example/api/v1/claims',
};

/**
 * An example of what a schema describes: whatever is required, and of lists one item.
 *
 * @param components the schemas that are named once, by their names.
 * @param name of the field in which it stands.
 */
export function exampleOf(
  schema: Described,
  components: Readonly<Record<string, Described>>,
  name = '',
): unknown {
  const of = (part: Described, field = name): unknown => exampleOf(part, components, field);
  const { $ref, anyOf, oneOf, allOf } = schema;
  if ($ref !== undefined) {
    const called = $ref.split('/').at(-1) ?? '';
    return known[called] ?? of(components[called] ?? {});
  }
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum.find((one) => one === byName[name]) ?? schema.enum[0];
  if (schema.default !== undefined) return schema.default;
  const [choice] = anyOf ?? oneOf ?? [];
  if (choice !== undefined) return of(choice);
  if (allOf !== undefined) return Object.assign({}, ...allOf.map((part) => of(part))) as unknown;
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0];
  return type === 'object' ? objectOf(schema, name, of) : plainOf(schema, type, name, of);
}

type Of = (part: Described, field?: string) => unknown;

function plainOf(schema: Described, type: string | undefined, name: string, of: Of): unknown {
  const { items } = schema;
  switch (type) {
    case 'string':
      return textOf(schema, name);
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1);
    case 'boolean':
      return true;
    case 'null':
      return null;
    case 'array':
      return items === undefined
        ? []
        : Array.from({ length: Math.max(schema.minItems ?? 1, 1) }, () => of(items));
    default:
      return {};
  }
}

function objectOf(schema: Described, name: string, of: Of): object {
  const { properties = {}, required = [] } = schema;
  const stated = Object.keys(properties).filter(
    (field) => required.includes(field) || isFilled(properties[field]),
  );
  return {
    ...keyed(schema, name, (key, part) => of(part, key)),
    ...Object.fromEntries(stated.map((field) => [field, of(properties[field] ?? {}, field)])),
    ...together[name],
  };
}

/** What is there whether or not it must be sent: it has a value of its own, or may be anything. */
function isFilled(part: Described | undefined): boolean {
  return part !== undefined && (part.default !== undefined || Object.keys(part).length === 0);
}

/** The keys of tables, by the field in which they stand; a schema does not say them. */
const tableKeys: Readonly<Record<string, string>> = { twoPeople: 'bank', consent: 'bank' };

/** One entry of a table. */
function keyed(
  { additionalProperties }: Described,
  name: string,
  of: (key: string, part: Described) => unknown,
): Record<string, unknown> {
  if (typeof additionalProperties !== 'object' || Object.keys(additionalProperties).length === 0) return {};
  const key = tableKeys[name] ?? 'USD';
  return { [key]: of(key, additionalProperties) };
}

function textOf(
  { format, contentEncoding, pattern, minLength = 0, maxLength = Infinity }: Described,
  name: string,
): string {
  const fits = (text: string) =>
    text.length >= minLength &&
    text.length <= maxLength &&
    (pattern === undefined || new RegExp(pattern, 'u').test(text));
  const named = name === 'id' || name.endsWith('Id') ? id : byName[name];
  const candidates = [named, byFormat[format ?? contentEncoding ?? ''], ...texts].filter(
    (text) => text !== undefined,
  );
  return candidates.find(fits) ?? 'An example';
}
