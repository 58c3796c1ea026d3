import { randomInt, randomUUID } from 'node:crypto';
import type { DocumentReference, FactInput, Money, PartyId } from '@pledgeonce/chaincode/api.js';
import { signIn, type Client } from '../../rest/client.js';
import { at, listAt, textAt } from '../../rest/json.js';
import type { StackDescription } from '../../stack/description.js';
import { asSent, daysFromNow } from '../../story/claims.js';
import { importFacts } from '../../story/import.js';
import type { Claimed } from '../http.js';
import { inParallel } from '../in-parallel.js';

/** Requests that are under way at once while something is prepared. */
const width = 16;

/** A running consortium with the people who play the rows of the table, and papers that nobody else uses. */
export class Field {
  readonly stack: StackDescription;
  readonly #people = new Map<string, Promise<Client>>();
  /** Makes the numbers and sellers of this run its own. */
  readonly #run = String(randomInt(1_000_000)).padStart(6, '0');
  #count = 0;

  constructor(stack: StackDescription) {
    this.stack = stack;
  }

  person(msp: string, who = 'officer'): Promise<Client> {
    const name = `${msp}/${who}`;
    const person = this.#people.get(name) ?? signIn(this.stack, msp, who);
    this.#people.set(name, person);
    return person;
  }

  /** A seller that nobody has used; two calls, two sellers. */
  seller(): PartyId {
    return { scheme: 'LEGAL', id: `GROW${this.#run}${this.#serial()}` };
  }

  /** A number that nobody has used. */
  number(): string {
    return `G${this.#run}${this.#serial()}`;
  }

  /** A declaration of this seller, of USD 1,000.00 and today unless told otherwise. */
  declaration(seller: PartyId, more: Partial<FactInput> = {}): FactInput {
    return {
      type: 'customs-declaration',
      number: this.number(),
      date: new Date().toISOString().slice(0, 10),
      seller,
      total: usd('1000.00'),
      ...more,
    };
  }

  /** @throws Error when one of the documents is refused. */
  async record(msp: string, facts: readonly FactInput[]): Promise<void> {
    const outcome = await importFacts(await this.person(msp), facts);
    if (outcome.recorded !== facts.length) {
      const refused = JSON.stringify([...outcome.refused]);
      throw new Error(`Of ${facts.length} documents ${outcome.recorded} were recorded: ${refused}`);
    }
  }

  /** Reserves, accepts and pays out a claim on each document. */
  async payOut(facts: readonly FactInput[], amount: string): Promise<void> {
    const [officer, approver] = [await this.person('BankAMSP'), await this.person('BankAMSP', 'approver')];
    await inParallel(facts.length, width, async (index) => {
      const fact = facts[index];
      if (fact === undefined) return;
      const id = textAt(await succeed(officer, '/claims', claimOn([fact], amount), 201), 'id');
      await succeed(approver, `/claims/${id}/acceptance`, {}, 200);
      await succeed(officer, `/claims/${id}/disbursement`, {}, 200);
    });
  }

  #serial(): string {
    this.#count += 1;
    return String(this.#count).padStart(7, '0');
  }
}

export const usd = (amount: string): Money => ({ amount, currency: 'USD' });

/** How a claim names a document. */
export function referenceTo({ type, number, seller: { scheme, id } }: FactInput): DocumentReference {
  return { type, number, ...(type !== 'customs-declaration' && { issuer: { scheme, id } }) };
}

/** A claim that draws the amount on each of the documents, which are of one seller. */
export function claimOn(facts: readonly FactInput[], amount: string): Claimed {
  const [first] = facts;
  if (first === undefined) throw new Error('A claim names a document.');
  const [whole = '0', cents = '00'] = amount.split('.');
  const minor = BigInt(whole + cents) * BigInt(facts.length);
  const total = minor.toString().padStart(3, '0').replace(/(..)$/, '.$1');
  return {
    applicationNumber: `APP-${randomUUID()}`,
    enterprise: { scheme: first.seller.scheme, id: first.seller.id },
    product: 'discount',
    amount: usd(total),
    lines: facts.map((fact) => ({ document: asSent(referenceTo(fact)), amount: usd(amount) })),
    dueDate: daysFromNow(90),
  };
}

/**
 * Posts and expects an answer.
 *
 * @throws Error when it is another one.
 */
export async function succeed(
  client: Client,
  path: string,
  body: unknown,
  expected: number,
): Promise<object> {
  const { status, body: answer } = await client.post(path, body);
  if (status !== expected)
    throw new Error(`${path} answered ${status}: ${JSON.stringify(answer).slice(0, 500)}`);
  return answer;
}

/** How many items of a batch were reserved, and the codes of the others. */
export function verdictsOf(text: string): { readonly reserved: number; readonly codes: readonly string[] } {
  const items = listAt(JSON.parse(text), 'items');
  const others = items.filter((item) => item['status'] !== 'reserved');
  return {
    reserved: items.length - others.length,
    codes: others.map((item) => String(at(item, 'problem.code'))),
  };
}
