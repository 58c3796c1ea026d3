import { LedgerError } from '../errors.js';
import { isContainer } from '../rules/check-digits.js';

/** Containers in their one spelling. @throws LedgerError CHECK_DIGIT_WRONG. */
export function canonicalContainers(containers: readonly string[], field: string): string[] {
  return containers.map((container, index) => {
    const code = container.replace(/[\s-]/g, '').toUpperCase();
    if (!isContainer(code)) throw new LedgerError('CHECK_DIGIT_WRONG', { field: `${field}.${index}` });
    return code;
  });
}
