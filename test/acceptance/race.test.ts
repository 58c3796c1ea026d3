import type { Answer } from '@pledgeonce/scripts/rest/client.js';
import { at, textAt } from '@pledgeonce/scripts/rest/json.js';
import { BlockReader, hashOfKey } from './support/block-reader.js';
import { bank, consortium, customsOfficer } from './support/consortium.js';
import { claim, declaration, reference, usd } from './support/documents.js';

const facts = 50;
const claimsPerFact = 40;

describe('the race', () => {
  it(`lets exactly one of ${claimsPerFact} simultaneous claims win each of ${facts} documents`, async () => {
    const [customs, a, b] = [await customsOfficer(), await bank('A'), await bank('B')];
    const documents = Array.from({ length: facts }, () => declaration({ total: usd('1000.00') }));
    const underlyings: string[] = [];
    for (const fact of documents) {
      underlyings.push(textAt((await customs.post('/facts', fact)).body, 'underlying'));
    }
    const reader = await BlockReader.open(consortium());
    const start = await reader.height();

    const attempts = Array.from({ length: claimsPerFact }, (_, turn) =>
      documents.map((fact) => {
        const { officer } = turn % 2 === 0 ? a : b;
        return officer.post('/claims', claim(reference(fact), usd('1000.00')));
      }),
    ).flat();
    const answers: readonly Answer[] = await Promise.all(attempts);

    const won = answers.filter(({ status }) => status === 201);
    const lost = answers.filter(({ status }) => status !== 201);
    expect(won).toHaveLength(facts);
    expect(
      lost.filter(({ status, body }) => status !== 409 || at(body, 'code') !== 'EXCEEDS_BALANCE'),
    ).toEqual([]);

    // What the gateways say is not believed: the blocks are counted by a reader of its own.
    const valid = (await reader.transactions(start)).filter(({ isValid }) => isValid);
    reader.close();
    const reserved = valid.flatMap(({ writes }) =>
      [...writes.keys()].filter((key) => key.startsWith('claim~')),
    );
    expect(reserved.toSorted()).toEqual(won.map(({ body }) => `claim~${textAt(body, 'id')}`).toSorted());
    const draws = valid.flatMap(({ privateWrites }) =>
      privateWrites.filter(({ collection }) => collection === 'registry').map(({ keyHash }) => keyHash),
    );
    const drawsPerDocument = underlyings.map(
      (id) => draws.filter((hash) => hash === hashOfKey(`U~${id}`)).length,
    );
    expect(drawsPerDocument).toEqual(underlyings.map(() => 1));
  }, 300_000);
});
