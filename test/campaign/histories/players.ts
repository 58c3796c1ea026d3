import type { FactInput } from '@pledgeonce/chaincode/api.js';
import { formatMoney, parseMoney } from '@pledgeonce/chaincode/rules/money.js';
import type { Answer } from '@pledgeonce/scripts/rest/client.js';
import { at, moneyAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { claim, reference } from '../../acceptance/support/documents.js';
import { CarefulClient, type KeyedRequest, type Outcome } from '../../faults/careful-client.js';
import type { Seeded } from '../seeded.js';
import { verification } from '../verification.js';
import type { Asked, History, Operation, Told } from './operation.js';

const banks = ['BankAMSP', 'BankBMSP'] as const;
type Bank = (typeof banks)[number];

/** What a player asks for at most, in minor units, so that some requests do not fit. */
const largest = 40_000;
/** So many documents are played on at the same time; the others wait for their turn. */
const atOnce = 12;
/** Operations after which a document has had its turn. */
const turns = 60;

/** A claim that a bank was told it has. */
interface Held {
  readonly id: string;
  readonly amount: bigint;
  readonly bank: Bank;
}

/** One document, what was done to it, and the claims on it that nobody is giving back yet. */
interface Table {
  readonly fact: FactInput;
  readonly operations: Operation[];
  readonly held: Held[];
  /** Of every claim that was acknowledged, whatever became of it. */
  readonly acknowledged: string[];
}

/** Officers of two banks who reserve, withdraw and verify on the same few documents at once, and write down what they see. */
export class Players {
  readonly client = new CarefulClient();
  /** Requests whose outcome was unknown for a while. */
  open = 0;
  /** Operations so far. */
  played = 0;
  readonly #tables: readonly Table[];
  readonly #seeded: Seeded;
  #stopping = false;
  #requests = 0;
  readonly #workers: readonly Promise<void>[];

  /** @param facts recorded, each with a total that nobody has drawn on. */
  constructor(seeded: Seeded, facts: readonly FactInput[], workers: number) {
    this.#seeded = seeded;
    this.#tables = facts.map((fact) => ({ fact, operations: [], held: [], acknowledged: [] }));
    this.#workers = Array.from({ length: workers }, (_, index) => this.#work(index));
  }

  /** Ends as soon as everybody has the answer that they wait for, and reads every balance once more. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all(this.#workers);
    for (const table of this.#played()) await this.#read(0, 'BankAMSP', table);
  }

  histories(): readonly History[] {
    return this.#played().map(({ fact, operations }) => ({
      document: fact.number,
      total: totalOf(fact),
      operations,
    }));
  }

  acknowledged(): readonly string[] {
    return this.#tables.flatMap(({ acknowledged }) => acknowledged);
  }

  #played(): readonly Table[] {
    return this.#tables.filter(({ operations }) => operations.length > 0);
  }

  async #work(index: number): Promise<void> {
    const bank = banks[index % banks.length] ?? 'BankAMSP';
    while (!this.#stopping) {
      const tables = this.#tables.filter(({ operations }) => operations.length < turns).slice(0, atOnce);
      if (tables.length === 0) return;
      const table = this.#seeded.pick(tables);
      const own = table.held.findIndex((held) => held.bank === bank);
      const chance = this.#seeded.below(10);
      if (chance < 3) await this.#read(index, bank, table);
      else if (chance < 6 && own >= 0) await this.#release(index, table, table.held.splice(own, 1));
      else await this.#draw(index, bank, table);
    }
  }

  async #draw(client: number, bank: Bank, table: Table): Promise<void> {
    const amount = BigInt(1 + this.#seeded.below(largest));
    const { currency } = totalMoney(table.fact);
    const body = claim(reference(table.fact), formatMoney(amount, currency));
    const request = (key: string) => ({ path: '/claims', body, key });
    await this.#operate(client, bank, table, { kind: 'draw', amount }, request, (answer) => {
      if (answer.status === 201) {
        const id = textAt(answer.body, 'id');
        table.held.push({ id, amount, bank });
        table.acknowledged.push(id);
        return 'done';
      }
      return at(answer.body, 'code') === 'EXCEEDS_BALANCE' ? 'refused' : undefined;
    });
  }

  async #release(client: number, table: Table, [held]: readonly Held[]): Promise<void> {
    if (held === undefined) return;
    const { id, amount, bank } = held;
    const request = (key: string) => ({ path: `/claims/${id}/withdrawal`, body: {}, key });
    await this.#operate(client, bank, table, { kind: 'release', amount }, request, ({ status }) =>
      status === 200 ? 'done' : undefined,
    );
  }

  async #read(client: number, bank: Bank, table: Table): Promise<void> {
    const request = (key: string) => verification(table.fact, key);
    await this.#operate(client, bank, table, { kind: 'read' }, request, ({ status, body }) =>
      status === 200 ? parseMoney(moneyAt(body, 'remaining'), 'remaining', 'allow-zero').minor : undefined,
    );
  }

  /**
   * @param toldBy what an answer says; undefined when nobody should ever be given it.
   */
  async #operate(
    client: number,
    bank: Bank,
    table: Table,
    asked: Asked,
    request: (key: string) => KeyedRequest,
    toldBy: (answer: Answer) => Told | undefined,
  ): Promise<void> {
    const key = `campaign-${this.#seeded.seed}-${Date.now()}-${this.#requests++}`;
    const from = performance.now();
    const outcome = await this.client.post(bank, request(key));
    const until = performance.now();
    if (outcome.wasOpen) this.open += 1;
    const told = this.#toldIn(outcome, toldBy);
    // Given up on the word that nothing was changed: if the word is false, the history shows it.
    if (told === undefined || (asked.kind === 'read' && typeof told !== 'bigint')) return;
    table.operations.push({ client, asked, told, from, until });
    this.played += 1;
  }

  #toldIn({ answer, wasOpen }: Outcome, toldBy: (answer: Answer) => Told | undefined): Told | undefined {
    if (answer === undefined) return wasOpen ? 'open' : undefined;
    const told = toldBy(answer);
    if (told === undefined) this.client.unexpected.push(`${answer.status} ${JSON.stringify(answer.body)}`);
    return told;
  }
}

function totalMoney({ total }: FactInput) {
  if (total === undefined) throw new Error('A document that is played on states a total.');
  return parseMoney(total, 'total');
}

function totalOf(fact: FactInput): bigint {
  return totalMoney(fact).minor;
}
