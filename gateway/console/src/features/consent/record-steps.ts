import { api, content } from '../../api/client.js';
import { once } from '../../api/use-read.js';
import type { Field } from '../../ui/form/fields.js';
import type { Step } from '../../ui/steps.js';
import type { CreditRecordView } from './report.js';

type Content = CreditRecordView['content'];
type Year = Extract<Content, { readonly category: 'trade-credit' }>['years'][number];
type Penalty = Extract<Content, { readonly category: 'regulatory' }>['penalties'][number];

const enterprise: Field = { name: 'enterprise', kind: 'party', required: true };
const initial = { enterprise: { scheme: 'USCC' } };
const sums = ['receipts', 'payments', 'exports', 'imports'] as const;

interface Whose {
  readonly enterprise: CreditRecordView['enterprise'];
}

/** What is known of an enterprise, category by category. A new year, or a new penalty, goes beside those that are there. */
export const recordSteps: readonly Step[] = [
  {
    name: 'recordBasic',
    fields: [
      enterprise,
      { name: 'name', kind: 'text', required: true },
      {
        name: 'directoryStatus',
        kind: 'choice',
        label: 'directory',
        required: true,
        options: ['listed', 'suspended', 'removed'],
        words: 'state',
      },
      {
        name: 'class',
        kind: 'choice',
        required: true,
        options: ['A', 'B', 'C'],
        words: 'class',
      },
      { name: 'listedSince', kind: 'date' },
    ],
    initial,
    send: ({ enterprise: whose, ...rest }: Whose, key) =>
      record(whose, { category: 'basic', ...rest } as never, key),
  },
  {
    name: 'recordYear',
    secondary: true,
    fields: [
      enterprise,
      { name: 'year', kind: 'number', required: true },
      ...sums.map((name): Field => ({ name, kind: 'money', required: true })),
      { name: 'matchRatio', kind: 'text', required: true, hint: 'matchRatio' },
    ],
    initial: {
      ...initial,
      ...Object.fromEntries(sums.map((name) => [name, { currency: 'USD' }])),
    },
    send: async ({ enterprise: whose, ...year }: Whose & Year, key) => {
      const known = await latest(whose.id, 'trade-credit');
      const years = (known?.years ?? []).filter((one) => one.year !== year.year);
      const all = [...years, year].toSorted((a, b) => a.year - b.year);
      return record(whose, { category: 'trade-credit', years: all }, key);
    },
  },
  {
    name: 'recordPenalty',
    secondary: true,
    fields: [
      enterprise,
      { name: 'date', kind: 'date', required: true },
      { name: 'authority', kind: 'text', label: 'penaltyBy', required: true },
      { name: 'reason', kind: 'long', required: true },
      { name: 'fine', kind: 'money' },
    ],
    initial: { ...initial, fine: { currency: 'CNY' } },
    send: async ({ enterprise: whose, ...penalty }: Whose & Penalty, key) => {
      const known = await latest(whose.id, 'regulatory');
      // Sent again because the answer was lost, it is there already.
      const { date, authority, reason } = penalty;
      const isSame = (one: Penalty) =>
        one.date === date && one.authority === authority && one.reason === reason;
      const others = (known?.penalties ?? []).filter((one) => !isSame(one));
      return record(whose, { category: 'regulatory', ...known, penalties: [...others, penalty] }, key);
    },
  },
];

function record(whose: CreditRecordView['enterprise'], what: Content, key: string) {
  return api.POST('/credit-records', {
    params: once(key),
    body: { enterprise: whose, content: what } as never,
  });
}

/** What is on record of an enterprise in a category. @throws ApiProblem when the gateway refuses. */
async function latest<C extends Content['category']>(
  whose: string,
  category: C,
): Promise<Extract<Content, { readonly category: C }> | undefined> {
  const query = { enterprise: whose, category, limit: 1 };
  const { items } = await content(api.GET('/credit-records', { params: { query } }));
  return items[0]?.content as Extract<Content, { readonly category: C }> | undefined;
}
