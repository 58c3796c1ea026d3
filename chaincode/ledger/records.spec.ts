import { z } from 'zod';
import { decodeRecord, encodeRecord, type RecordKind, storedMinor } from './records.js';

interface Cup {
  readonly volume: bigint;
  readonly colour: string;
}

const cup: RecordKind<Cup> = {
  name: 'cup',
  shape: z.strictObject({ volume: storedMinor, colour: z.string() }),
  upgrades: [
    (older) => ({ size: older['litres'] }),
    ({ size, ...rest }) => ({ ...rest, volume: String(size), colour: 'white' }),
  ],
};

describe('records', () => {
  it('are the same bytes whatever the order of their members', () => {
    expect(encodeRecord(cup, { colour: 'red', volume: 3n })).toBe('{"colour":"red","schema":3,"volume":"3"}');
    expect(decodeRecord(cup, encodeRecord(cup, { volume: 3n, colour: 'red' }))).toEqual({
      colour: 'red',
      volume: 3n,
    });
  });

  it('carry a salt that is no part of what they say', () => {
    const salted = encodeRecord(cup, { colour: 'red', volume: 3n }, { salt: 'abc' });
    expect(salted).toBe('{"colour":"red","salt":"abc","schema":3,"volume":"3"}');
    expect(decodeRecord(cup, salted)).toEqual({ colour: 'red', volume: 3n });
  });

  it('are read in every older shape', () => {
    expect(decodeRecord(cup, '{"schema":1,"litres":5}')).toEqual({ volume: 5n, colour: 'white' });
    expect(decodeRecord(cup, '{"schema":2,"size":6}')).toEqual({ volume: 6n, colour: 'white' });
  });

  it('are refused when they come from a later chaincode', () => {
    expect(() => decodeRecord(cup, '{"schema":4}')).toThrow('newer than this chaincode');
  });
});
