/** The provider has not said who it is, or not so that it counts; the reason is for the log. */
export class NotIdentifiedError extends Error {
  override readonly name = 'NotIdentifiedError';
}
