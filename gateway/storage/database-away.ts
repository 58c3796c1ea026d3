/** What replicas share cannot be read or written now: the database does not answer, or another replica serves. */
export class DatabaseAwayError extends Error {
  override readonly name = 'DatabaseAwayError';

  constructor(message = 'The database of this gateway does not answer.', options?: ErrorOptions) {
    super(message, options);
  }
}
