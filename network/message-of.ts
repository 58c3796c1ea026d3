/** What an error says; what was thrown need not be one. */
export function messageOf(error: unknown): string {
  // eslint-disable-next-line no-restricted-syntax -- here it is said once
  return error instanceof Error ? error.message : String(error);
}
