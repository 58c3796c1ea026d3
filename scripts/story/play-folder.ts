import type { FactInput } from '@pledgeonce/chaincode/api.js';
import type { Client } from '../rest/client.js';
import { at, listAt, moneyAt, textAt } from '../rest/json.js';
import { isSame, show } from './amounts.js';
import type { Cast } from './cast.js';
import { readFolder } from './folder.js';
import { counted, importFacts, sellerOf } from './import.js';
import { play } from './play.js';
import type { Subject } from './record.js';
import type { PricedFact } from './samples.js';
import { expectStatus, expectThat, type Teller } from './teller.js';

/** Amounts below this cannot be shared out in the story. */
const smallest = 100;

/** Records what a folder of real documents holds, and plays the story on one invoice and one declaration of it. */
export async function playFolder(teller: Teller, cast: Cast, folder: string, limit: number): Promise<void> {
  const { facts } = await teller.step(`The documents in ${folder} are read`, async () => {
    const contents = await readFolder(folder, limit);
    expectThat(contents.facts.length > 0, 'The folder holds no invoice or declaration that can be recorded.');
    const rest = contents.leftOut === 0 ? '' : `\n${contents.leftOut} more rows are left out (--limit)`;
    return [
      `${contents.files} files, ${contents.facts.length} documents to record${rest}\nrefused: ${counted(contents.refusals)}\nwarned of: ${counted(contents.warnings)}`,
      contents,
    ];
  });
  const isDeclaration = (fact: FactInput) => fact.type === 'customs-declaration';
  const groups = [
    { title: 'Customs', client: cast.customs, facts: facts.filter(isDeclaration) },
    { title: 'The tax authority', client: cast.tax, facts: facts.filter((fact) => !isDeclaration(fact)) },
  ];
  for (const group of groups) {
    if (group.facts.length === 0) continue;
    await teller.step(`${group.title} records ${group.facts.length} of them`, async () => {
      const { recorded, refused } = await importFacts(group.client, group.facts);
      return [`${recorded} recorded; refused: ${counted(refused)}`, undefined];
    });
    const subject = await findSubject(group.client, group.title, cast, group.facts);
    expectThat(subject !== undefined, 'Every document of the folder is claimed already: npm run reset.');
    if (subject === undefined) continue;
    const { document, enterprise, payable } = subject;
    teller.note(`The story on ${document.type} ${document.number} of ${enterprise.id}, ${show(payable)}:`);
    await play(teller, cast, subject);
  }
}

/** The first document that is recorded as read, with everything still to be claimed. */
async function findSubject(
  authority: Client,
  authorityTitle: string,
  { bankA }: Cast,
  facts: readonly FactInput[],
): Promise<Subject | undefined> {
  const large = facts
    .filter(isPriced)
    .filter(({ type, total }) => type !== 'credit-note' && Number(total.amount) >= smallest);
  for (const fact of large) {
    const enterprise = sellerOf(fact);
    const document = {
      type: fact.type,
      number: fact.number,
      ...(fact.type !== 'customs-declaration' && { issuer: enterprise }),
    };
    const particulars = { enterprise, total: fact.total };
    const { status, body } = await bankA.officer.post('/verifications', { document, particulars });
    const payable = fact.payable ?? fact.total;
    if (status !== 200 || at(body, 'result') !== 'match' || at(body, 'liveDraws') !== 0) continue;
    if (!isSame(moneyAt(body, 'remaining'), payable) || !isSame(payable, fact.total)) continue;
    const query = new URLSearchParams({ type: fact.type, number: fact.number });
    const { body: found } = expectStatus(await authority.get(`/facts?${query.toString()}`), 200);
    const record = listAt(found, 'items').find((item) => at(item, 'seller.id') === enterprise.id);
    if (record === undefined) continue;
    return { factId: textAt(record, 'id'), document, enterprise, payable, authority, authorityTitle };
  }
  return undefined;
}

function isPriced(fact: FactInput): fact is PricedFact {
  return fact.total !== undefined;
}
