import { governmentKind, type LedgerFunction, permissions } from '@pledgeonce/chaincode/permissions.js';
import { eachAtOnce } from '@pledgeonce/gateway/api/each-at-once.js';
import type { Client } from '@pledgeonce/scripts/rest/client.js';
import { organisationOf, type PersonDescription } from '@pledgeonce/scripts/stack/description.js';
import { agreedFunctions } from '../../authorisation/agreed-functions.js';
import { agreedOperations } from '../../authorisation/agreed-operations.js';
import { isForOrganisation, isForRole, type Rule } from '../../authorisation/agreement.js';
import { BlockReader } from '../support/block-reader.js';
import { consortium, person } from '../support/consortium.js';
import { LedgerClient } from '../support/ledger-client.js';

/** One organisation of each kind. */
const organisations = [
  'CustomsMSP',
  'TaxMSP',
  'RegulatorMSP',
  'InsurerMSP',
  'CarrierMSP',
  'EnterpriseMSP',
  'BankAMSP',
] as const;
/** One function or operation, and for whom it was agreed to be. */
type Line = readonly [name: string, rule: Rule];
const refusals: readonly string[] = ['PERMISSION_DENIED', 'WRONG_ORGANISATION'];
/** Nothing has this id. */
const nobodys = '0'.repeat(64);
const atOnce = 8;
/** Here the handler asks further: an organisation's admin or auditor, at the portal whoever acts for an enterprise. */
const narrower: ReadonlySet<string> = new Set(['GET /export']);

/** What was agreed for a person of this organisation. */
function allows([, rule]: Line, mspId: string, role: string): boolean {
  const { kind } = organisationOf(consortium(), mspId);
  const government = governmentKind(mspId) !== undefined;
  return isForOrganisation(rule, { kind, government }) && isForRole(rule, role);
}

/** One person for each role that the organisation has. */
function everyRoleOf(msp: string): readonly PersonDescription[] {
  const { people } = organisationOf(consortium(), msp);
  const roles = new Set(people.map(({ role }) => role));
  return [...roles].flatMap((role) => people.find((one) => one.role === role) ?? []);
}

/** What contradicts it, so that a failure names each line and person. */
type Contradiction = readonly [msp: string, role: string, name: string, answer: string];

async function contradictionsOf(
  msp: string,
  role: string,
  lines: readonly Line[],
  answerTo: (line: Line) => Promise<string | undefined>,
): Promise<Contradiction[]> {
  const found: Contradiction[] = [];
  await eachAtOnce(lines, atOnce, async (line) => {
    const answer = await answerTo(line);
    if (answer === undefined || (narrower.has(line[0]) && allows(line, msp, role))) return;
    if (refusals.includes(answer) === allows(line, msp, role)) found.push([msp, role, line[0], answer]);
  });
  return found;
}

describe('every role of every organisation', () => {
  const [functions, operations] = [[...agreedFunctions], [...agreedOperations]];
  let described: Readonly<
    Record<string, Readonly<Record<string, { readonly requestBody?: { readonly content: object } }>>>
  >;
  let reader: BlockReader;

  beforeAll(async () => {
    reader = await BlockReader.open(consortium());
    const { url } = await person('CustomsMSP', 'officer');
    described = ((await (await fetch(`${url}/openapi.json`)).json()) as { paths: typeof described }).paths;
  });
  afterAll(() => {
    reader.close();
  });

  it.each(organisations)(
    'of %s calls those functions of the ledger that it may, past all gateways',
    async (msp) => {
      const before = await reader.height();
      const found: Contradiction[] = [];
      for (const { id, role } of everyRoleOf(msp)) {
        const client = await LedgerClient.open(consortium(), msp, id);
        try {
          found.push(
            ...(await contradictionsOf(msp, role, functions, ([name]) =>
              client.refusalOf(client.endorse(name as LedgerFunction, {}, { endorsers: ['CustomsMSP'] })),
            )),
          );
        } finally {
          client.close();
        }
      }
      expect(found).toEqual([]);
      expect(await writtenByPeople(reader, before)).toEqual([]);
    },
    300_000,
  );

  it.each(organisations)(
    'of %s calls those operations of its gateway that it may',
    async (msp) => {
      const before = await reader.height();
      const found: Contradiction[] = [];
      for (const { id, role } of everyRoleOf(msp)) {
        const client = await person(msp, id);
        found.push(
          ...(await contradictionsOf(msp, role, operations, (line) =>
            tried(client, line, allows(line, msp, role)),
          )),
        );
      }
      expect(found).toEqual([]);
      expect(await writtenByPeople(reader, before)).toEqual([]);
    },
    300_000,
  );

  it('is somebody: without a session there is nothing but what is public', async () => {
    const { url } = await person('BankAMSP', 'officer');
    const stranger = { url, token: 'nobody' };
    const answers = await Promise.all(
      operations.map(async ([name]) => [name, await ask(stranger, name)] as const),
    );
    const open = answers.filter(([, { status }]) => status !== 401).map(([name]) => name);
    expect(open.length).toBeGreaterThan(0);
    expect(open).toEqual(
      operations.filter(([, { roles }]) => roles.includes('anybody')).map(([name]) => name),
    );
  });

  /** What an operation takes; undefined where it takes nothing. */
  function mediaTypeOf(name: string): string | undefined {
    const [method = '', path = ''] = name.split(' ');
    const { requestBody } = described[path]?.[method.toLowerCase()] ?? {};
    return requestBody && Object.keys(requestBody.content)[0];
  }

  /** The code of the answer; undefined where being allowed means that something happens. */
  async function tried(client: Client, [name]: Line, mayCall: boolean): Promise<string | undefined> {
    const [method = '', path = ''] = name.split(' ');
    const isWrite = method !== 'GET';
    const takesBody = mediaTypeOf(name) !== undefined;
    // A body that is none is refused after the question who asks, and before anything happens; so is an id of nothing.
    if (mayCall && isWrite && !takesBody && !path.includes('{')) return undefined;
    const { code, status } = await ask(client, name, mediaTypeOf(name));
    return code ?? String(status);
  }
});

/** What the chain has accepted since a block that a gateway does not do by itself. */
async function writtenByPeople(reader: BlockReader, from: bigint): Promise<readonly string[]> {
  const ownAccord = Object.entries(permissions).filter(([, { roles }]) => roles.includes('service'));
  return (await reader.transactions(from))
    .filter(({ isValid, called }) => isValid && !ownAccord.some(([name]) => called.endsWith(name)))
    .map(({ called }) => called);
}

async function ask(
  { url, token }: Pick<Client, 'url' | 'token'>,
  name: string,
  mediaType = 'application/json',
): Promise<{ readonly status: number; readonly code: string | undefined }> {
  const [method = '', path = ''] = name.split(' ');
  const aborted = new AbortController();
  const response = await fetch(`${url}/api/v1${path.replace(/\{\w+\}/g, nobodys)}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': mediaType,
      'idempotency-key': `matrix-${Math.random()}`,
    },
    ...(method !== 'GET' && { body: '[]' }),
    signal: aborted.signal,
  });
  const isProblem = response.headers.get('content-type')?.includes('problem') === true;
  const code = isProblem ? ((await response.json()) as { code?: string }).code : undefined;
  // A stream of events has no end.
  if (!isProblem) aborted.abort();
  return { status: response.status, code };
}
