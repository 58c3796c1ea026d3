/** Why an admin's request about a machine is refused. */
export type MachineRefusal =
  | 'not-found'
  | 'exists'
  | 'state'
  | 'second-admin'
  | 'key'
  | 'last-key'
  | 'too-many'
  | 'number-not-here'
  | 'number-wrong'
  | 'number-of-another'
  | 'cut-off';

/** What an admin asked for about a machine cannot be. */
export class MachineError extends Error {
  override readonly name = 'MachineError';

  constructor(
    readonly refusal: MachineRefusal,
    options?: ErrorOptions,
  ) {
    super(refusal, options);
  }
}
