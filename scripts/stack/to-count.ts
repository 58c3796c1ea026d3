import { InvalidArgumentError } from 'commander';

/**
 * Reads how many, out of what a person typed behind an option.
 *
 * @throws InvalidArgumentError when it is no whole number from one on.
 */
export function toCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError('Say one or more.');
  return count;
}
