import { randomBytes } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathsOf } from '@pledgeonce/scripts/stack/options.js';
import { consortium } from '../../acceptance/support/consortium.js';
import { exporter } from '../../acceptance/support/documents.js';
import type { Part } from '../part.js';
import type { Result } from '../results.js';
import { listsOfAll, refusals } from './answers.js';
import { compare, nobodysId, type Pair } from './compare.js';
import { guess } from './guesses.js';
import { People } from './people.js';
import { addHashes, blocksAs, type Hashes, logs, openAnswers, openDoors, states } from './public-places.js';
import { playRound, type Round } from './rounds.js';
import { SecretBook, Unmistakable } from './secrets.js';
import { Sweep } from './sweep.js';

/** Whoever has no right to anything, and those who have one to something. */
const strangers = [
  ['CarrierMSP', 'officer'],
  ['BankBMSP', 'officer'],
] as const;
/** Of the time that there is. */
const shareOfRounds = 0.4;
const comparisons = 12;
/** Of one document: the fifth wrong code locks it for the bank. */
const wrongCodes = 4;

/** Everything that a mixed run has used, looked for wherever somebody without a right to it can look. */
export const privacy: Part = async (setting) => {
  const { seeded, milliseconds, report, signal } = setting;
  const begun = performance.now();
  const book = new SecretBook();
  const people = new People(book, new Unmistakable(seeded));
  const rounds: Round[] = [];
  const banks = ['BankAMSP', 'BankBMSP'] as const;
  do {
    const [first, second] = rounds.length % 2 === 0 ? [0, 1] : [1, 0];
    rounds.push(await playRound(people, banks[first] ?? '', banks[second] ?? ''));
  } while (!signal.aborted && performance.now() - begun < shareOfRounds * milliseconds);
  await people.admit('BankAMSP');
  report(`${rounds.length} rounds, ${book.all.length} values; looking for them …`);
  const hashes: Hashes = { ids: new Set(), keys: new Set(), values: new Set() };
  const swept = await sweepAll(people, rounds, hashes);
  report('guessing …');
  return [
    ...swept,
    ...(await guess(
      setting,
      rounds.flatMap(({ facts }) => facts),
      hashes,
    )),
    await compareAnswers(people, rounds[0] ?? { facts: [], used: [] }),
  ];
};

async function sweepAll(
  people: People,
  rounds: readonly Round[],
  hashes: Hashes,
): Promise<readonly Result[]> {
  const { book } = people;
  const opened: string[] = [];
  const everywhere = new Sweep(book);
  for (const [msp, who] of strangers) {
    for await (const block of blocksAs(msp, who)) {
      everywhere.look(block);
      if (msp === strangers[0][0]) addHashes(block.bytes, hashes);
    }
    opened.push(...(await openDoors(msp, who)));
  }
  for await (const answer of openAnswers()) everywhere.look(answer);
  for (const log of logs()) everywhere.look(log);
  const theirs = new Sweep(book);
  const look = theirs.look.bind(theirs);
  await listsOfAll(people, look);
  for (const file of states()) theirs.look(file);
  // Last: who asks for a number has said it, and their gateway's log of questions keeps it.
  for (const round of rounds.slice(0, 2)) await refusals(people, round, look);
  return [
    {
      promise: 'Nothing that was used stands in a block, a public value, a log or a metric',
      unit: 'values',
      attempts: book.all.length,
      violations: everywhere.violations,
      note: sizeOf(everywhere),
    },
    {
      promise: 'No organisation has in its files, lists and refusals what it has no right to',
      unit: 'values',
      attempts: book.all.length,
      violations: theirs.violations,
      note: sizeOf(theirs),
    },
    {
      promise: 'Private data is followed by nobody without a right to it',
      unit: 'doors',
      attempts: strangers.length * consortium().organisations.length,
      violations: opened,
    },
    {
      promise: 'A planted line in a log is found by the search',
      unit: 'plants',
      attempts: 1,
      violations: plantedIsFound(book),
    },
  ];
}

function sizeOf({ places, bytes }: Sweep): string {
  return `${places} places, ${(bytes / 1e6).toFixed(1)} MB`;
}

/** A log that says what it should not: were it not found, nothing else would have been. */
function plantedIsFound(book: SecretBook): readonly string[] {
  const { logs: folder } = pathsOf({ state: consortium().state, on: 'embedded' });
  const planted = book.keep('secret of a person', `Planted${randomBytes(9).toString('hex')}`);
  appendFileSync(
    join(folder, 'planted.log'),
    `{"msg":"refused","body":"${Buffer.from(`x${planted}`).toString('base64')}"}\n`,
  );
  const sweep = new Sweep(book);
  for (const log of logs()) sweep.look(log);
  return sweep.violations.some((line) => line.includes(planted)) ? [] : [`${planted} was not found`];
}

/** Of what is another's, and of what is not at all, one is told the same. */
async function compareAnswers(people: People, { facts, used }: Round): Promise<Result> {
  const pairs: Pair[] = [];
  for (const { kind, id, parts } of used) {
    const msp = parts.bank === 'BankAMSP' && kind !== 'financing-requests' ? 'BankBMSP' : 'CarrierMSP';
    if (kind === 'facts' && msp === 'BankBMSP' && parts.other === msp) continue;
    const client = await people.client(msp, 'officer');
    const name = `${kind} (${msp})`;
    pairs.push({
      ...{ name, client },
      there: () => ({ path: `/${kind}/${id}` }),
      notThere: () => ({ path: `/${kind}/${nobodysId()}` }),
    });
  }
  const compared = [];
  for (const pair of pairs) compared.push(await compare(pair, comparisons));
  compared.push(await compare(await openings(people, facts), wrongCodes));
  return {
    promise: 'What is another’s is answered as what is not there: by status, size and headers',
    unit: 'answers',
    attempts: compared.reduce((sum, { asked }) => sum + asked, 0),
    violations: compared.flatMap(({ violations }) => violations),
    note: `median there/not, how often the first took longer: ${compared.map(({ figures }) => figures).join('; ')}`,
  };
}

/** A wrong check code of a paper that is there, and of one that is not. */
async function openings(people: People, facts: Round['facts']): Promise<Pair> {
  const client = await people.client('BankBMSP', 'officer');
  const coded = facts.find(({ type }) => type === 'tax-filing');
  if (coded === undefined) throw new Error('No paper of the round has a check code.');
  const opening = (number: string) => ({
    path: '/document-openings',
    body: { document: { type: coded.type, number }, payer: exporter, checkCode: people.chance.digits(16) },
  });
  const year = coded.number.slice(0, 4);
  return {
    ...{ name: 'wrong codes', client },
    there: () => opening(coded.number),
    notThere: () => opening(`${year}-3302-${people.chance.digits(9)}`),
  };
}
