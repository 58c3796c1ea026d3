import { z } from 'zod';
import type { Cell, CsvTable } from './http/csv.js';

/**
 * The table that any list becomes: a column for each field of an item, under its path in the JSON (`seller.id`). What stands
 * there several times, or in several shapes, is one cell of JSON. The columns follow from the schema, so that they are
 * the same whatever the page holds.
 *
 * @param file the name of the file, without its ending.
 * @param item what stands in the list.
 */
export function listTable(file: string, item: z.ZodType): CsvTable {
  const columns = pathsIn(item, '');
  return {
    file,
    columns,
    rows: (body) =>
      (body as { readonly items: readonly unknown[] }).items.map((one) =>
        columns.map((path) => cellOf(valueAt(one, path))),
      ),
  };
}

function pathsIn(schema: z.ZodType, path: string): string[] {
  const inner = unwrapped(schema);
  if (!(inner instanceof z.ZodObject)) return [path];
  return Object.entries(inner.shape as Readonly<Record<string, z.ZodType>>).flatMap(([name, part]) =>
    pathsIn(part, path === '' ? name : `${path}.${name}`),
  );
}

/** What may be absent is a column all the same. */
function unwrapped(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return unwrapped(schema.unwrap() as z.ZodType);
  return schema;
}

function valueAt(item: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, name) =>
        typeof value === 'object' && value !== null
          ? (value as Readonly<Record<string, unknown>>)[name]
          : undefined,
      item,
    );
}

function cellOf(value: unknown): Cell {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' || typeof value === 'number') return value;
  return typeof value === 'boolean' ? String(value) : JSON.stringify(value);
}
