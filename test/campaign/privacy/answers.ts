import { eachAtOnce } from '@pledgeonce/gateway/api/each-at-once.js';
import type { Answer } from '@pledgeonce/scripts/rest/client.js';
import { consortium } from '../../acceptance/support/consortium.js';
import { claim, reference, usd } from '../../acceptance/support/documents.js';
import type { People } from './people.js';
import type { Place } from './public-places.js';
import type { Round } from './rounds.js';

/** Lists that an organisation's people may ask for; whoever may not is refused, and the refusal is searched too. */
const lists = [
  ...['/facts', '/claims', '/payments', '/alerts', '/inbox', '/objections', '/overdrafts', '/statistics'],
  ...['/authorisations', '/credit-queries', '/financing-requests', '/transfer-offers', '/consents', '/debts'],
  ...['/assignments', '/indemnities', '/portfolio', '/statistics/prices', '/statistics/payments', '/firms'],
];
/** What an auditor alone is answered. */
const auditorsLists = ['/verifications', '/people', '/people/log', '/export'];
const atOnce = 6;

/** Everything that each organisation's people are answered when they ask for all there is. */
export async function listsOfAll(people: People, look: (place: Place) => void): Promise<void> {
  const questions = consortium().organisations.flatMap(({ msp }) => {
    const officer = msp === 'EnterpriseMSP' ? 'exporter-2' : 'officer';
    return [
      ...lists.map((path) => ({ msp, who: officer, path })),
      ...auditorsLists.map((path) => ({ msp, who: 'auditor', path })),
    ];
  });
  await eachAtOnce(questions, atOnce, async ({ msp, who, path }) => {
    const client = await people.client(msp, who);
    const text = await (await client.fetch('GET', path)).text();
    look({ name: `GET ${path} as ${who} of ${msp}`, bytes: Buffer.from(text), ...rightsOf(msp, who) });
  });
}

/** A second firm of the portal has no right to what the first one has. */
function rightsOf(msp: string, who: string): { readonly of?: string } {
  return who === 'exporter-2' ? {} : { of: msp };
}

interface Question {
  readonly msp: string;
  readonly who: string;
  readonly path: string;
  readonly body?: object;
}

const strangers = [
  ['CarrierMSP', 'officer'],
  ['InsurerMSP', 'officer'],
  ['BankBMSP', 'officer'],
  ['BankAMSP', 'officer'],
  ['EnterpriseMSP', 'exporter-2'],
] as const;

/** What strangers are told who ask for another's records by their ids, or try to use another's papers with wrong particulars. */
export async function refusals(
  people: People,
  { facts, used }: Round,
  look: (place: Place) => void,
): Promise<void> {
  const wrongUses = facts.flatMap((fact) => [
    {
      path: '/verifications',
      body: { document: reference(fact), particulars: { enterprise: partyOf(fact), total: usd('1.00') } },
    },
    { path: '/claims', body: claim(reference(fact), usd('9000000000000.00')) },
    { path: '/facts', body: { ...fact, total: usd('1.00') } },
  ]);
  const questions: readonly Question[] = strangers.flatMap(([msp, who]) => [
    ...used.flatMap(({ kind, id }) =>
      [`/${kind}/${id}`, `/${kind}/${id}/history`, `/audit/${kind}/${id}`].map((path) => ({
        msp,
        who,
        path,
      })),
    ),
    ...wrongUses.map((use) => ({ msp, who, ...use })),
  ]);
  await eachAtOnce(questions, atOnce, async ({ msp, who, path, body }) => {
    const client = await people.client(msp, who);
    const answer = await (body === undefined ? client.get(path) : client.post(path, body));
    look({
      name: `${body === undefined ? 'GET' : 'POST'} ${path} as ${who} of ${msp}: ${answer.status}`,
      bytes: Buffer.from(withoutWhatWasSaid(answer, body ?? {})),
      ...rightsOf(msp, who),
    });
  });
}

function partyOf({ seller: { scheme, id } }: Round['facts'][number]) {
  return { scheme, id };
}

/** An answer, without what the asker has said in the question. */
function withoutWhatWasSaid({ body }: Answer, question: object): string {
  const said = new Set([...JSON.stringify(question).matchAll(/"([^"]{6,})"/g)].map(([, word]) => word ?? ''));
  return [...said].reduce((text, word) => text.replaceAll(word, 'as asked'), JSON.stringify(body));
}
