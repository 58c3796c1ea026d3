import { LedgerError, mostSevere } from '../errors.js';

type Checks = Readonly<Record<string, () => unknown>>;

/**
 * Runs independent checks and hands back what they return. When several refuse, the refusal of the lowest precedence
 * is thrown, whatever the order of the checks, so that every node reports the same one.
 *
 * @throws LedgerError the most severe of the refusals; anything else that a check throws, at once.
 */
export function checkAll<T extends Checks>(checks: T): { readonly [Name in keyof T]: ReturnType<T[Name]> } {
  const refusals: LedgerError[] = [];
  const results = Object.entries(checks).map(([name, check]) => {
    try {
      return [name, check()] as const;
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      refusals.push(error);
      return [name, undefined] as const;
    }
  });
  const worst = mostSevere(refusals);
  if (worst !== undefined) throw worst;
  return Object.fromEntries(results) as { [Name in keyof T]: ReturnType<T[Name]> };
}
