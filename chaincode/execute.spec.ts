import fc from 'fast-check';
import { type LedgerFunction, permissions } from './permissions.js';
import { people } from './testing/story.js';
import { memberAt, portalPlacesAt } from './members/records.js';
import { execute } from './execute.js';
import type { LedgerPort } from './ledger/port.js';
import { withoutSecrets } from './ledger/sealing.js';

const functions = Object.keys(permissions) as LedgerFunction[];
const questions = functions.filter((name) => permissions[name].access === 'evaluate');

/** A ledger that nobody may ask anything. */
const untouched = new Proxy({} as LedgerPort, {
  get: (_, name) => {
    throw new Error(`${String(name)} was asked`);
  },
});

const call = (name: LedgerFunction, transient: ReadonlyMap<string, Uint8Array>, port = untouched) =>
  execute(name, {
    port,
    transient,
    certificate: {
      mspId: people.bankA.mspId,
      pem: '',
      commonName: people.bankA.id,
      attribute: (attribute) => (attribute === 'role' ? people.bankA.role : null),
    },
    transactionId: 'a'.repeat(64),
    timestamp: Date.now(),
    announce: () => undefined,
  });

describe('a question', () => {
  // Whoever submits one leaves its answer in a block that every member reads.
  it.each(questions)('%s is not answered in the clear', async (name) => {
    await expect(call(name, new Map([['input', Buffer.from('{}')]]))).rejects.toMatchObject({
      code: 'RESPONSE_KEY_MISSING',
    });
  });

  it('is every function whose answer is read without a transaction', () => {
    expect(questions.length).toBeGreaterThan(10);
    const named = functions.filter((name) => /^(read|verify|lookUp|assess|preview)/.test(name));
    expect([...questions].sort()).toEqual(named.sort());
  });
});

describe('whoever submits', () => {
  it('is looked up in one message with the portals of the accounts', async () => {
    const asked: (readonly string[])[] = [];
    const empty = {
      getAll: (_collection: string | undefined, keys: readonly string[]) => {
        asked.push(keys);
        return Promise.resolve(keys.map(() => undefined));
      },
    } as unknown as LedgerPort;
    await expect(call('reserveClaims', new Map(), empty)).rejects.toMatchObject({ code: 'NOT_INITIALISED' });
    expect([...(asked[0] ?? [])].sort()).toEqual(
      [memberAt(people.bankA.mspId).key, portalPlacesAt.key].sort(),
    );
  });
});

describe('an answer without a key', () => {
  const opaque = new Set([
    'items',
    'index',
    'fact',
    'claim',
    'id',
    'state',
    'status',
    'seq',
    'version',
    'code',
    'published',
  ]);
  const namesIn = (value: unknown): string[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([name, member]) => [
          ...(Array.isArray(value) ? [] : [name]),
          ...namesIn(member),
        ])
      : [];

  it('keeps nothing but opaque ids, states and codes, however deep the rest lies', () => {
    fc.assert(
      fc.property(
        fc.object({
          key: fc.oneof(fc.constantFrom(...opaque), fc.string({ maxLength: 8 })),
          maxDepth: 4,
        }),
        (answer) => {
          expect(namesIn(withoutSecrets(answer)).filter((name) => !opaque.has(name))).toEqual([]);
        },
      ),
    );
  });
});
