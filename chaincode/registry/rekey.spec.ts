import type { FakeLedger } from '../testing/fake-ledger.js';
import {
  claim,
  declaration,
  invoice,
  openLedger,
  people,
  record,
  refuses,
  remainingOf,
  reserve,
  usd,
} from '../testing/story.js';
import { limits } from '../schemas.js';

const service = (mspId: string) => ({ mspId, role: 'service', id: 'gateway' });
const rotate = (ledger: FakeLedger, letter: number) =>
  ledger.submit('rotateFingerprintKey', people.regulator, {
    fingerprintKey: Buffer.alloc(32, letter).toString('base64'),
  });
const retire = (ledger: FakeLedger, mspId: string, before: number) =>
  ledger.submit('retireFingerprintKeys', service(mspId), { before });
const ring = (ledger: FakeLedger) =>
  (JSON.parse(ledger.snapshot().get('registry/K') ?? '') as { keys: { number: number }[] }).keys.map(
    ({ number }) => number,
  );

/** What a government gateway would find in its blocks: entries of the registry that are found by a text. */
function entries(ledger: FakeLedger): string[] {
  return [...ledger.snapshot()]
    .filter(([, value]) => value.includes('"origin":{'))
    .map(([key]) => key.replace('registry/', ''));
}

async function rekeyAll(ledger: FakeLedger): Promise<number> {
  const keys = entries(ledger);
  let rekeyed = 0;
  for (let start = 0; start < keys.length; start += limits.rekeyedPerTransaction) {
    const some = keys.slice(start, start + limits.rekeyedPerTransaction);
    const { answer } = await ledger.submit('rekeyEntries', service('RegulatorMSP'), { keys: some });
    rekeyed += answer.rekeyed;
  }
  return rekeyed;
}

const numbered = (round: number) => {
  const number = `31012026051678900${round}`;
  return declaration({ number, total: usd(`${1000 + 100 * round}.00`) });
};

describe('fingerprint keys', () => {
  it('are rotated eight times, and what was recorded under each is found, compared, linked and drawn on', async () => {
    const ledger = await openLedger();
    const rounds = 8;
    const facts: string[] = [];
    const repeated = new Map<number, ReturnType<typeof claim>>();
    for (let round = 0; round < rounds; round += 1) {
      facts.push((await record(ledger, numbered(round))).id);
      const input = claim(ledger, '10.00', {
        lines: [
          {
            document: { type: 'customs-declaration', number: numbered(round).number },
            amount: usd('10.00'),
          },
        ],
      });
      repeated.set(round, input);
      await reserve(ledger, input);
      await rotate(ledger, 10 + round);
      expect(await rekeyAll(ledger)).toBeGreaterThan(0);
      const [newest = 0] = ring(ledger);
      await retire(ledger, 'CustomsMSP', newest);
      await retire(ledger, 'TaxMSP', newest);
      expect(ring(ledger)).toEqual([newest]);
    }
    for (let round = 0; round < rounds; round += 1) {
      const fact = numbered(round);
      await refuses(ledger, 'FACT_EXISTS', () =>
        ledger.submit('recordFacts', people.customs, { facts: [fact] }),
      );
      const left = `${990 + 100 * round}.00`;
      expect(await remainingOf(ledger, fact)).toBe(left);
      const cites = [{ type: 'customs-declaration' as const, number: fact.number }];
      const billed = invoice({ number: `INV-${round}`, total: fact.total, cites });
      await record(ledger, billed);
      expect(await remainingOf(ledger, billed)).toBe(left);
      const alike = await record(ledger, { ...fact, number: `31012026051677770${round}` });
      expect(alike.nearDuplicates.map((one) => one.fact)).toContain(facts[round]);
      // The same request, made again after all these rotations, draws nothing.
      const input = repeated.get(round);
      if (input === undefined) throw new Error('no claim');
      expect((await ledger.submit('reserveClaims', people.bankA, { claims: [input] })).writes.size).toBe(0);
    }
  });

  it('are at most five at a time, and leave only when two government organisations say so', async () => {
    const ledger = await openLedger();
    for (const letter of [1, 2, 3, 4]) await rotate(ledger, letter);
    await refuses(ledger, 'TOO_MANY_KEYS', () => rotate(ledger, 5));
    expect((await retire(ledger, 'RegulatorMSP', 3)).answer).toEqual({ inUse: 5 });
    // One that says it twice is still one, and one that means other keys says something else.
    expect((await retire(ledger, 'RegulatorMSP', 3)).writes.size).toBe(0);
    expect((await retire(ledger, 'TaxMSP', 4)).answer).toEqual({ inUse: 5 });
    expect((await retire(ledger, 'TaxMSP', 4)).writes.size).toBe(0);
    expect((await retire(ledger, 'CustomsMSP', 4)).answer).toEqual({ inUse: 2 });
    expect(ring(ledger)).toEqual([5, 4]);
    expect((await retire(ledger, 'CustomsMSP', 9)).writes.size).toBe(0);
    await rotate(ledger, 6);
    for (const person of [service('BankAMSP'), people.regulator])
      await refuses(ledger, person.role === 'service' ? 'WRONG_ORGANISATION' : 'PERMISSION_DENIED', () =>
        ledger.submit('retireFingerprintKeys', person, { before: 6 }),
      );
  });

  it('give an entry its new id once, and leave alone what was written since', async () => {
    const ledger = await openLedger();
    const first = await record(ledger, declaration());
    await rotate(ledger, 1);
    const before = entries(ledger);
    const second = await record(ledger, { ...declaration(), number: '310120260516789013' });
    await ledger.submit('rekeyEntries', service('RegulatorMSP'), { keys: before });
    const again = await ledger.submit('rekeyEntries', service('RegulatorMSP'), { keys: before });
    expect([again.answer, again.writes.size]).toEqual([{ rekeyed: 0 }, 0]);
    await retire(ledger, 'CustomsMSP', 2);
    await retire(ledger, 'TaxMSP', 2);
    const third = await record(ledger, { ...declaration(), number: '310120260516789014' });
    expect(third.nearDuplicates.map((one) => one.fact).sort()).toEqual([first.id, second.id].sort());
  });

  it('are given new ids while a document is recorded: one of the two has to be endorsed again', async () => {
    const ledger = await openLedger();
    await record(ledger, declaration());
    await rotate(ledger, 1);
    const rekeying = await ledger.endorse('rekeyEntries', service('RegulatorMSP'), { keys: entries(ledger) });
    const facts = [{ ...declaration(), number: '310120260516789013' }];
    const recording = await ledger.endorse('recordFacts', people.customs, { facts });
    expect([ledger.commit(recording), ledger.commit(rekeying)]).toEqual([true, false]);
  });
});
