import type { Member } from '@pledgeonce/chaincode/members/api.js';
import { z } from 'zod';
import type { Database } from './database.js';
import type { ReadBlock } from './read-block.js';

/**
 * Members that were removed and who succeeded them, as everybody reads it in the register. Of those whom the own
 * organisation has succeeded: how far the blocks before have been read again for what it inherited.
 */
export const successionsSql = `
CREATE TABLE removed_members (
  member TEXT NOT NULL PRIMARY KEY, successor TEXT NOT NULL, since_block INTEGER NOT NULL, since TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE inheritances (
  member TEXT NOT NULL PRIMARY KEY, since_block INTEGER NOT NULL, next_block INTEGER NOT NULL, last_hash TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE inherited_since (record TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID;
`;

const removedSchema = z.object({
  member: z.string(),
  successor: z.string(),
  sinceBlock: z.number(),
  since: z.string(),
});
/** A member that is none any more. */
export type RemovedMember = z.infer<typeof removedSchema>;

const inheritanceSchema = z.object({
  member: z.string(),
  sinceBlock: z.number(),
  nextBlock: z.number(),
  lastHash: z.string(),
});
/** Whose records are being taken over: from the first block to the one that said so. */
export type Inheritance = z.infer<typeof inheritanceSchema>;

const inheritancesSchema = z.array(inheritanceSchema);
const namesSchema = z.array(z.object({ member: z.string() }));

const unfilled = 'next_block <= since_block';
const removedColumns = 'member, successor, since_block AS sinceBlock, since';
const inheritanceColumns =
  'member, since_block AS sinceBlock, next_block AS nextBlock, last_hash AS lastHash';

/** Notes whom a block has removed, and what the own organisation has inherited by it. */
export function keepSuccessions(database: Database, { number, transactions }: ReadBlock, own: string): void {
  for (const { registered = [], time } of transactions)
    for (const one of registered) keepSuccession(database, one, { block: number, time, own });
}

function keepSuccession(
  database: Database,
  { id: mspId, state, successor, inherits = [] }: Member,
  { block, time, own }: { readonly block: number; readonly time: string; readonly own: string },
): void {
  if (state === 'removed' && successor !== undefined)
    database.run('INSERT OR IGNORE INTO removed_members VALUES (?, ?, ?, ?)', [
      mspId,
      successor,
      block,
      new Date(time).toISOString(),
    ]);
  if (mspId !== own) return;
  for (const member of inherits)
    database.run("INSERT OR IGNORE INTO inheritances VALUES (?, ?, 0, '')", [member, block]);
}

/** Whom the own organisation has succeeded. */
export function inheritedNames(database: Database): ReadonlySet<string> {
  const rows = namesSchema.parse(database.all('SELECT member FROM inheritances'));
  return new Set(rows.map(({ member }) => member));
}

/** Blocks up to this one have been read again for what a member has left. */
export function moveInheritance(
  database: Database,
  member: string,
  { number, hash }: Pick<ReadBlock, 'number' | 'hash'>,
): void {
  database.run('UPDATE inheritances SET next_block = ?, last_hash = ? WHERE member = ?', [
    number + 1,
    hash,
    member,
  ]);
  database.run(`DELETE FROM inherited_since WHERE NOT EXISTS (SELECT 1 FROM inheritances WHERE ${unfilled})`);
}

/**
 * While blocks are still read again for what was inherited: notes what has changed since, so that the past does not take
 * the place of the present.
 */
export function noteLater(database: Database, { number, transactions }: ReadBlock): void {
  const isFilling = database.get(`SELECT 1 FROM inheritances WHERE ${unfilled} AND since_block < ?`, [
    number,
  ]);
  if (isFilling === null) return;
  for (const { event } of transactions)
    for (const { id } of event?.changes ?? [])
      database.run('INSERT OR IGNORE INTO inherited_since VALUES (?)', [id]);
}

/** Whether a record has changed since its holder was succeeded. */
export function isLater(database: Database, record: string): boolean {
  return database.get('SELECT 1 FROM inherited_since WHERE record = ?', [record]) !== null;
}

/** Who has gone, and who has what they held. */
export class Successions {
  readonly #database: Database;
  readonly #own: string;

  constructor(database: Database, own: string) {
    this.#database = database;
    this.#own = own;
  }

  /** Everybody who was removed, the first first. */
  removed(): RemovedMember[] {
    return z
      .array(removedSchema)
      .parse(
        this.#database.all(`SELECT ${removedColumns} FROM removed_members ORDER BY since_block, member`),
      );
  }

  /**
   * Who has a member's holdings: itself, or the last in its chain of successors.
   *
   * @param moment RFC 3339 in UTC with milliseconds: as it was then; now unless given.
   */
  holderOf(member: string, moment?: string): string {
    const gone = this.removed().filter(({ since }) => moment === undefined || since <= moment);
    const successors = new Map(gone.map((one) => [one.member, one.successor]));
    let holder = member;
    for (let steps = 0; steps < successors.size; steps++) holder = successors.get(holder) ?? holder;
    return holder;
  }

  /** The names under which a member's records are: its own first, then those of whom it has succeeded by then. */
  namesOf(member: string, moment?: string): string[] {
    const others = this.removed().map((one) => one.member);
    return [member, ...others.filter((one) => one !== member && this.holderOf(one, moment) === member)];
  }

  /** Whether the own organisation is no member any more. */
  get isRemoved(): boolean {
    const sql = 'SELECT 1 FROM removed_members WHERE member = ?';
    return this.#database.get(sql, [this.#own]) !== null;
  }

  /** What the own organisation has inherited, and how far it has been taken over. */
  inheritances(): Inheritance[] {
    const sql = `SELECT ${inheritanceColumns} FROM inheritances ORDER BY since_block, member`;
    return inheritancesSchema.parse(this.#database.all(sql));
  }

  /** The first of those whose blocks have not been read to their end. */
  unfilled(): Inheritance | undefined {
    return this.inheritances().find(({ nextBlock, sinceBlock }) => nextBlock <= sinceBlock);
  }
}
