/** Why the register is not changed as an admin asked. */
export type DeskRefusal =
  | 'cut-off'
  | 'not-found'
  | 'exists'
  | 'key-reused'
  | 'last-admin'
  | 'second-admin'
  | 'nothing-to-confirm'
  | 'own-person'
  | 'state'
  | 'no-provider'
  | 'number-not-here'
  | 'number-of-another'
  | 'number-wrong';

/** The administration of people refuses; the API gives the code that belongs to the reason. */
export class DeskError extends Error {
  override readonly name = 'DeskError';

  constructor(readonly refusal: DeskRefusal) {
    super(refusal);
  }
}
