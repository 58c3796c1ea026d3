import { common, orderer } from '@hyperledger/fabric-protos';

const { Status } = common;
const { SeekPosition } = orderer;

/** Which blocks a client asks for: all from `first` to `last`, whether they exist already or not. */
export interface SeekRange {
  readonly first: number;
  readonly last: number;
  readonly failIfNotReady: boolean;
  /** Only headers and signatures are wanted; of a block that sets the configuration, all. */
  readonly headersOnly: boolean;
}

/** A seek that cannot be served, and the status that says so. */
export class SeekRefused extends Error {
  override readonly name = 'SeekRefused';
  readonly status: common.StatusMap[keyof common.StatusMap];

  constructor(status: common.StatusMap[keyof common.StatusMap], message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * Turns positions into block numbers, given how many blocks there are.
 *
 * @throws SeekRefused
 */
export function seekRange(info: orderer.SeekInfo, height: number): SeekRange {
  const start = info.getStart();
  const stop = info.getStop();
  if (!start || !stop) throw new SeekRefused(Status.BAD_REQUEST, 'seek info without start or stop');
  const first = firstOf(start, height);
  return {
    first,
    last: lastOf(stop, start, first, height),
    headersOnly: info.getContentType() === orderer.SeekInfo.SeekContentType.HEADER_WITH_SIG,
    failIfNotReady: info.getBehavior() === orderer.SeekInfo.SeekBehavior.FAIL_IF_NOT_READY,
  };
}

function firstOf(start: orderer.SeekPosition, height: number): number {
  switch (start.getTypeCase()) {
    case SeekPosition.TypeCase.OLDEST:
      return 0;
    case SeekPosition.TypeCase.NEWEST:
      return height - 1;
    case SeekPosition.TypeCase.NEXT_COMMIT:
      return height;
    case SeekPosition.TypeCase.SPECIFIED: {
      const number = start.getSpecified()?.getNumber() ?? 0;
      if (number > height) throw new SeekRefused(Status.NOT_FOUND, `block ${number} is beyond the next one`);
      return number;
    }
    default:
      throw new SeekRefused(Status.NOT_FOUND, 'start position of no known type');
  }
}

function lastOf(
  stop: orderer.SeekPosition,
  start: orderer.SeekPosition,
  first: number,
  height: number,
): number {
  switch (stop.getTypeCase()) {
    case SeekPosition.TypeCase.OLDEST:
      return first;
    case SeekPosition.TypeCase.NEWEST:
      return start.getTypeCase() === SeekPosition.TypeCase.NEWEST ? first : height - 1;
    case SeekPosition.TypeCase.SPECIFIED: {
      const number = stop.getSpecified()?.getNumber() ?? 0;
      if (number < first)
        throw new SeekRefused(Status.BAD_REQUEST, `stop ${number} is before start ${first}`);
      return number;
    }
    default:
      throw new SeekRefused(Status.BAD_REQUEST, 'stop position of no known type');
  }
}
