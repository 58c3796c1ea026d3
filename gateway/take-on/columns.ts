import { DocumentError } from '../documents/document-error.js';

/** What a column of a bank's book takes. */
export interface BookColumn {
  /** Where the value stands in the row: `document.1.number`. */
  readonly name: string;
  readonly heading: string;
}

/** The columns of the template, in their order: the English heading and the Chinese one. */
export const plainColumns = [
  ['reference', '业务编号'],
  ['enterprise', '企业代码'],
  ['enterpriseScheme', '企业代码类型'],
  ['product', '产品'],
  ['amount', '融资金额'],
  ['currency', '币种'],
  ['outstanding', '未偿余额'],
  ['paidOutOn', '放款日'],
  ['dueDate', '到期日'],
  ['state', '状态'],
] as const;

/** The same of the groups that may stand there several times, each with its place from 1: `document 1 number`, `单证1号码`. */
export const groupedColumns = {
  document: [
    '单证',
    {
      type: '类型',
      number: '号码',
      amount: '占用金额',
      issuerScheme: '开具方代码类型',
      issuer: '开具方代码',
      numberingPeriod: '编号期间',
      total: '总额',
      totalCurrency: '总额币种',
      date: '日期',
    },
  ],
  cover: [
    '保障',
    {
      type: '类型',
      number: '号码',
      amount: '占用金额',
      issuerScheme: '开具方代码类型',
      issuer: '开具方代码',
      issuingBank: '开证行',
    },
  ],
  collateral: ['押品', { type: '类型', number: '号码', quantity: '数量', unit: '单位' }],
  party: ['权利人', { name: '名称', id: '代码', share: '份额' }],
} as const;
type Group = keyof typeof groupedColumns;

/** The columns that a dry run adds: a book that comes back corrected may still have them, and nothing of them is read. */
export const answerColumns: readonly string[] = ['verdict', 'outcome', 'why'];

const needed = [
  'reference',
  'enterprise',
  'product',
  'amount',
  'currency',
  'outstanding',
  'paidOutOn',
  'dueDate',
];

/**
 * The columns of a book by their headings, in whatever order, in English or Chinese; capitals, spaces, dashes, points and
 * underscores do not matter.
 *
 * @throws DocumentError that names every heading which is none, is there twice, or is missing.
 */
export function bookColumns(headings: readonly string[]): readonly BookColumn[] {
  const columns = headings.map((heading) => ({ heading, name: nameOf(heading) }));
  const unknown = columns.filter(({ name }) => name === undefined).map(({ heading }) => heading || '(empty)');
  if (unknown.length > 0) {
    const names = unknown.slice(0, 10).join(', ').slice(0, 300);
    throw new DocumentError(
      'INPUT_INVALID',
      names,
      'The table has columns that no book has. The template has all of them.',
    );
  }
  const names = columns.map(({ name }) => name);
  const twice = columns.find(({ name }, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new DocumentError('DOCUMENT_AMBIGUOUS', twice.heading, 'The table has this column twice.');
  }
  const missing = needed.find((name) => !names.includes(name));
  if (missing !== undefined)
    throw new DocumentError('INPUT_INVALID', missing, 'The table lacks this column.');
  return columns.flatMap(({ heading, name }) => (name === undefined ? [] : [{ heading, name }]));
}

const spelled = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s._\-/]/gu, '');

const byHeading: ReadonlyMap<string, string> = new Map([
  ...answerColumns.map((name) => [name, name] as const),
  ...plainColumns.flatMap(([name, chinese]) => [
    [spelled(name), name] as const,
    [spelled(chinese), name] as const,
  ]),
]);

function nameOf(heading: string): string | undefined {
  const text = spelled(heading);
  const plain = byHeading.get(text);
  if (plain !== undefined) return plain;
  for (const [group, [chinese, fields]] of Object.entries(groupedColumns) as [
    Group,
    (typeof groupedColumns)[Group],
  ][]) {
    for (const [field, own] of Object.entries(fields)) {
      const place =
        placeIn(text, spelled(group), spelled(field)) ?? placeIn(text, spelled(chinese), spelled(own));
      if (place !== undefined) return `${group}.${place}.${field}`;
    }
  }
  return undefined;
}

/** Which of the group it is: without a number the first. */
function placeIn(text: string, group: string, field: string): number | undefined {
  if (!text.startsWith(group) || !text.endsWith(field)) return undefined;
  const between = text.slice(group.length, text.length - field.length);
  if (group.length + field.length > text.length) return undefined;
  if (between === '') return 1;
  return /^\d{1,2}$/.test(between) && Number(between) > 0 ? Number(between) : undefined;
}
