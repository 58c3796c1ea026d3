/**
 * What an error says; what was thrown need not be one.
 *
 * @param otherwise what is said of anything else.
 */
export function messageOf(error: unknown, otherwise = String(error)): string {
  // eslint-disable-next-line no-restricted-syntax -- here it is said once
  return error instanceof Error ? error.message : otherwise;
}

/** What an error says, and what each says that it came of. */
export function reasonsOf(error: unknown): string[] {
  const cause = error instanceof Error ? error.cause : undefined;
  return [messageOf(error), ...(cause === undefined ? [] : reasonsOf(cause))];
}
