import { common, orderer } from '@hyperledger/fabric-protos';
import { SeekRefused, seekRange } from './seek.js';

type Position = 'oldest' | 'newest' | 'next' | number;

function position(where: Position): orderer.SeekPosition {
  const result = new orderer.SeekPosition();
  if (where === 'oldest') result.setOldest(new orderer.SeekOldest());
  else if (where === 'newest') result.setNewest(new orderer.SeekNewest());
  else if (where === 'next') result.setNextCommit(new orderer.SeekNextCommit());
  else {
    const specified = new orderer.SeekSpecified();
    specified.setNumber(where);
    result.setSpecified(specified);
  }
  return result;
}

function seek(start: Position, stop: Position, height = 10): [number, number] {
  const info = new orderer.SeekInfo();
  info.setStart(position(start));
  info.setStop(position(stop));
  const { first, last } = seekRange(info, height);
  return [first, last];
}

function refusal(attempt: () => unknown): number | undefined {
  try {
    attempt();
    return undefined;
  } catch (error) {
    return error instanceof SeekRefused ? error.status : undefined;
  }
}

describe('seeking blocks', () => {
  it.each<[Position, Position, [number, number]]>([
    ['oldest', 'newest', [0, 9]],
    ['oldest', 'oldest', [0, 0]],
    ['newest', 'newest', [9, 9]],
    [3, 5, [3, 5]],
    [10, 12, [10, 12]],
    ['next', Number.MAX_SAFE_INTEGER, [10, Number.MAX_SAFE_INTEGER]],
  ])('from %s to %s', (start, stop, expected) => {
    expect(seek(start, stop)).toEqual(expected);
  });

  it('refuses what makes no sense', () => {
    expect(refusal(() => seek(11, 12))).toBe(common.Status.NOT_FOUND);
    expect(refusal(() => seek(5, 3))).toBe(common.Status.BAD_REQUEST);
    expect(refusal(() => seekRange(new orderer.SeekInfo(), 10))).toBe(common.Status.BAD_REQUEST);
  });
});
