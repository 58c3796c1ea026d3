import type { Claim } from '../claims/records.js';

/** What the price of a claim is in each copy that a transaction writes of it, by who holds the copy. */
export function priceCopies(
  writes: ReadonlyMap<string, string>,
  id: string,
): Readonly<Record<string, Pick<Claim, 'price' | 'outlet'>>> {
  return Object.fromEntries(
    [...writes]
      .filter(([key]) => key.includes(`/C~${id}~`))
      .map(([key, value]) => {
        const { price, outlet } = JSON.parse(value) as Pick<Claim, 'price' | 'outlet'>;
        const [holder = ''] = key.split('/');
        return [holder, { price, outlet }] as const;
      }),
  );
}
