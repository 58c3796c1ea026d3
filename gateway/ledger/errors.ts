/** No peer could take the proposal; nothing was sent to the orderers, so nothing can have changed. */
export class NetworkUnavailableError extends Error {
  override readonly name = 'NetworkUnavailableError';
}

/** Endorsers could not hand the private data to another node, as while one is cut off and they do not know it yet. */
export class UndeliveredError extends NetworkUnavailableError {}

/** The peers do not accept the person's certificate: expired, revoked, or of an authority they do not know. */
export class CertificateRefusedError extends Error {
  override readonly name = 'CertificateRefusedError';
}

/** The endorsers answered, but neither with a result nor with a refusal of the chaincode. */
export class EndorsementError extends Error {
  override readonly name = 'EndorsementError';
}

/** Something that the transaction read was changed by another that committed first. Trying again can succeed. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';

  constructor(
    readonly transactionId: string,
    /** Fabric's name of the reason, such as MVCC_READ_CONFLICT. */
    readonly reason: string,
  ) {
    super(`Transaction ${transactionId} lost to another one: ${reason}.`);
  }
}

/** The network recorded the transaction as invalid for a reason that trying again does not cure. */
export class CommitRefusedError extends Error {
  override readonly name = 'CommitRefusedError';

  constructor(
    readonly transactionId: string,
    readonly reason: string,
  ) {
    super(`Transaction ${transactionId} was refused by validation: ${reason}.`);
  }
}

/** The transaction was sent and may commit yet: neither success nor failure. */
export class OutcomeUnknownError extends Error {
  override readonly name = 'OutcomeUnknownError';

  constructor(
    readonly transactionId: string,
    /** The answer that holds if it commits. */
    readonly expected: unknown,
    options?: ErrorOptions,
  ) {
    super(`The outcome of transaction ${transactionId} is not known yet.`, options);
  }
}

/** The person has signed out, or was cut off, before this could be signed. Nothing was sent. */
export class SignedOutError extends Error {
  override readonly name = 'SignedOutError';

  constructor() {
    super('The person is no longer signed in.');
  }
}
