import { encodeRecord, recordKind } from '@pledgeonce/chaincode/ledger/records.js';
import { z } from 'zod';
import { decoded, holderOf, isOwnersCopy } from './decoded.js';

/** A kind of record that counts how often one is decoded. */
function countingKind(letters: string) {
  const read: string[] = [];
  const shape = z.object({ id: z.string() }).refine(({ id }) => read.push(id) > 0);
  return { kind: recordKind(`a record ${letters}`, letters, shape), read };
}

describe('a stored record', () => {
  it('is decoded once for all who keep it', () => {
    const { kind, read } = countingKind('X');
    const stored = encodeRecord(kind, { id: 'one' }, { addressee: 'BankAMSP' });
    read.length = 0;
    // Each organisation has the text from its own peer.
    const [mine, yours] = [stored, Buffer.from(stored).toString('utf8')];
    expect(decoded(kind, mine)).toEqual({ id: 'one' });
    expect(decoded(kind, yours)).toBe(decoded(kind, mine));
    expect(read).toEqual(['one']);
  });

  it('is another one as another kind', () => {
    const [one, other] = [countingKind('X'), countingKind('Y')];
    const stored = encodeRecord(one.kind, { id: 'both' });
    expect(decoded(other.kind, stored)).toEqual(decoded(one.kind, stored));
    expect(decoded(other.kind, stored)).not.toBe(decoded(one.kind, stored));
  });

  it('is an error each time where it is damaged', () => {
    const { kind } = countingKind('X');
    for (const _ of [1, 2]) expect(() => decoded(kind, '{"id":"one"}')).toThrow('without a schema version');
  });

  it('says whose copy it is', () => {
    const { kind } = countingKind('X');
    expect(holderOf(encodeRecord(kind, { id: 'one' }, { addressee: 'BankAMSP' }))).toBe('BankAMSP');
    expect(holderOf(encodeRecord(kind, { id: 'one' }))).toBeUndefined();
  });

  it("is known as its owner's own copy without being decoded", () => {
    const text = (addressee: string | undefined) =>
      JSON.stringify({ schema: 999, owner: 'BankAMSP', ...(addressee !== undefined && { addressee }) });
    expect(['BankAMSP', 'EnterpriseMSP', undefined].map((holder) => isOwnersCopy(text(holder)))).toEqual([
      true,
      false,
      false,
    ]);
  });
});
