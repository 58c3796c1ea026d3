import { Seeded } from '../seeded.js';
import { formsOf, Search, told } from './search.js';
import { SecretBook, Unmistakable } from './secrets.js';
import { Sweep } from './sweep.js';

const chance = new Unmistakable(new Seeded(7));

describe('the search for what was used', () => {
  const book = new SecretBook();
  const number = book.keep('number of a document', `221820260${chance.digits(9)}`, { bank: 'BankAMSP' });
  const amount = book.keep('amount of a claim', chance.amount(100, 200), { bank: 'BankAMSP' });
  const name = book.keep('name of a firm', `Müller & ${chance.word()}`);
  const noise = Buffer.from(new Seeded(3).bytes(20_000));
  const hidden = (inner: string | Buffer) => Buffer.concat([noise, Buffer.from(inner), noise]);

  it.each([
    ['a log line', () => `{"msg":"refused","number":"${number}"}`],
    ['an amount in cents', () => `{"minor":"${amount.replace('.', '')}"}`],
    ['hexadecimal', () => Buffer.from(name).toString('hex')],
    ['an address', () => `GET /facts?seller=${encodeURIComponent(name)}`],
    ['UTF-16', () => Buffer.from(name, 'utf16le')],
    ['backwards', () => Array.from(number).reverse().join('')],
    ...[0, 1, 2].map(
      (lead) =>
        [
          `base64 of a text that has it at ${lead}`,
          () => Buffer.from(`${'x'.repeat(lead)}${number}"}`).toString('base64'),
        ] as const,
    ),
    ['base64url', () => Buffer.from(`?${name}?`).toString('base64url')],
  ] as const)('finds it in %s', (_, make) => {
    const sweep = new Sweep(book);
    sweep.look({ name: 'a place', bytes: hidden(make()) });
    expect(sweep.violations).not.toEqual([]);
    expect(sweep.violations[0]).toContain('in a place: …');
  });

  it('finds nothing where nothing is, in megabytes of hashes and noise', () => {
    const sweep = new Sweep(book);
    sweep.look({ name: 'noise', bytes: new Seeded(4).bytes(1_000_000) });
    sweep.look({ name: 'hashes', bytes: Buffer.from(new Seeded(5).bytes(500_000).toString('hex')) });
    expect(sweep.violations).toEqual([]);
    expect([sweep.places, sweep.bytes]).toEqual([2, 2_000_000]);
  });

  it('lets whoever has a right to it have it, and nobody else', () => {
    const bytes = hidden(number);
    const found = (of: string) => {
      const sweep = new Sweep(book);
      sweep.look({ name: 'a file', bytes, of });
      return sweep.violations.length;
    };
    expect([found('BankAMSP'), found('TaxMSP'), found('BankBMSP')]).toEqual([0, 0, 1]);
    // Of what nobody keeps not even the government has a copy.
    const token = book.keep('token of a session', chance.word());
    const sweep = new Sweep(book);
    sweep.look({ name: 'a file', bytes: hidden(token), of: 'TaxMSP' });
    expect(sweep.violations).toHaveLength(1);
  });

  it('names people in logs and nothing else', () => {
    const person = book.keep('person of an organisation', `p${chance.word()}`, { bank: 'BankAMSP' });
    const sweep = new Sweep(book);
    sweep.look({ name: 'the log', bytes: hidden(person), namesPeople: true });
    expect(sweep.violations).toEqual([]);
    sweep.look({ name: 'a block', bytes: hidden(person) });
    expect(sweep.violations).toHaveLength(1);
  });

  it('looks for no form so short that chance may write it', () => {
    expect(book.all.flatMap(formsOf).every(({ bytes }) => bytes.length >= 8)).toBe(true);
  });

  it('says where: the value, its form and what stands around it', () => {
    const bytes = Buffer.from(`{"number":"${number}"}`);
    const [find] = new Search(book.all).in(bytes);
    expect(find && told('a file', bytes, find)).toBe(
      `number of a document ${number} (plain) in a file: …{"number":"${number}"}…`,
    );
  });
});

describe('values of a run', () => {
  it('come again under the same seed, and none twice', () => {
    const make = () => {
      const one = new Unmistakable(new Seeded(11));
      return Array.from({ length: 500 }, () => [one.word(), one.amount(30, 40), one.digits(9)]).flat();
    };
    expect(make()).toEqual(make());
    expect(new Set(make()).size).toBe(1_500);
    expect(make()[1]).toMatch(/^3\d{10}\.\d\d$/);
  });
});
