import type { Money } from '@pledgeonce/chaincode/api.js';
import type { Json } from './client.js';

/** Reads along a path such as `lines.0.remaining`; undefined where nothing is. */
export function at(json: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => {
    if (typeof value !== 'object' || value === null) return undefined;
    return (value as Readonly<Record<string, unknown>>)[name];
  }, json);
}

/** @throws Error when there is no text. */
export function textAt(json: unknown, path: string): string {
  const value = at(json, path);
  if (typeof value !== 'string') throw new Error(`No text at ${path} in ${JSON.stringify(json)}`);
  return value;
}

/** @throws Error when there is no amount of money. */
export function moneyAt(json: unknown, path: string): Money {
  return { amount: textAt(json, `${path}.amount`), currency: textAt(json, `${path}.currency`) };
}

/** @throws Error when there is no list. */
export function listAt(json: unknown, path: string): readonly Json[] {
  const value = at(json, path);
  if (!Array.isArray(value)) throw new Error(`No list at ${path} in ${JSON.stringify(json)}`);
  return value as readonly Json[];
}
