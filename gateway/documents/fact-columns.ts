import { factInputSchema } from '@pledgeonce/chaincode/api.js';
import { z } from 'zod';

/** What a column of a table of facts takes. */
export interface FactColumn {
  /** Where the value stands in a fact: `seller.id` is the heading of `['seller', 'id']`. */
  readonly path: readonly string[];
  readonly kind: 'text' | 'amount' | 'date' | 'integer' | 'boolean' | 'list';
}

interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly const?: unknown;
}

const fact = z.toJSONSchema(factInputSchema, { io: 'input' }) as Schema;

/**
 * The column with this heading: the path of a field of a fact, its parts joined by points, places in lists counted from
 * 0 (`cites.0.number`). Capitals and spaces around it do not matter.
 *
 * @returns undefined when no fact has such a field.
 */
export function factColumn(heading: string): FactColumn | undefined {
  let at: Schema = fact;
  const path: string[] = [];
  for (const part of heading.trim().split('.')) {
    const next = inside(at, part);
    if (next === undefined) return undefined;
    path.push(next.name);
    at = next.schema;
  }
  const kind = kindOf(at, path.at(-1) ?? '');
  return kind === undefined ? undefined : { path, kind };
}

/** The field of an object, however its capitals are written, or the element of a list at a place. */
function inside(
  schema: Schema,
  part: string,
): { readonly name: string; readonly schema: Schema } | undefined {
  if (schema.items !== undefined)
    return /^\d{1,3}$/.test(part) ? { name: part, schema: schema.items } : undefined;
  const fields = Object.entries(schema.properties ?? {});
  const found = fields.find(([name]) => name.toLowerCase() === part.toLowerCase());
  return found && { name: found[0], schema: found[1] };
}

function kindOf(schema: Schema, name: string): FactColumn['kind'] | undefined {
  if (schema.type === 'array') return schema.items?.type === 'string' ? 'list' : undefined;
  if (schema.type === 'integer' || schema.type === 'number') return 'integer';
  if (schema.type === 'boolean' || typeof schema.const === 'boolean') return 'boolean';
  if (schema.type !== 'string') return undefined;
  if (name === 'amount') return 'amount';
  return schema.format === 'date' ? 'date' : 'text';
}
