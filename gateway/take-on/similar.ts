import type { TakeOnLine } from '@pledgeonce/chaincode/take-on/api.js';

/** A line of a book with its place. */
export interface PlacedLoan {
  readonly line: number;
  readonly loan: TakeOnLine;
}

/** What a book says of one of its lines by itself: nothing of it comes from the registry. */
export interface Similar {
  /** The first line before it that looks like the same loan. */
  readonly looksLike?: number;
  /** How numbers of this line are spelled on other lines of the same enterprise, the likeliest first. */
  readonly spellingsOf: (number: string) => readonly string[];
}

const mostSpellings = 3;

/** Compares the lines of one book with each other. */
export class Book {
  readonly #loans = new Map<string, number>();
  readonly #numbers = new Map<string, Set<string>>();
  readonly #byLine = new Map<number, number>();

  constructor(loans: readonly PlacedLoan[]) {
    for (const { line, loan } of loans) {
      const key = keyOf(loan);
      const earlier = this.#loans.get(key);
      if (earlier === undefined) this.#loans.set(key, line);
      else this.#byLine.set(line, earlier);
      for (const number of numbersOf(loan)) {
        const key = `${loan.enterprise.id} ${blurred(number)}`;
        this.#numbers.set(key, (this.#numbers.get(key) ?? new Set()).add(number));
      }
    }
  }

  similarTo({ line, loan }: PlacedLoan): Similar {
    const looksLike = this.#byLine.get(line);
    return {
      ...(looksLike !== undefined && { looksLike }),
      spellingsOf: (number) => {
        const all = this.#numbers.get(`${loan.enterprise.id} ${blurred(number)}`) ?? [];
        return [...all].filter((one) => plain(one) !== plain(number)).slice(0, mostSpellings);
      },
    };
  }
}

/** By what a loan is taken for one on another line: the same amount on the same papers, under whatever spelling. */
function keyOf(loan: TakeOnLine): string {
  const { enterprise, amount } = loan;
  return [enterprise.id, amount.currency, amount.amount, ...numbersOf(loan).map(blurred).sort()].join(' ');
}

function numbersOf({ lines, cover = [], collateral = [] }: TakeOnLine): string[] {
  return [...lines, ...cover, ...collateral].map(({ document }) => document.number);
}

/** The characters of a number, without what stands between them. */
function plain(number: string): string {
  return number
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** The same without what is mistyped or left out most: O for 0, I and L for 1, zeros in front of a group of digits. */
function blurred(number: string): string {
  return number
    .normalize('NFKC')
    .toUpperCase()
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
    .replace(/[SZB]/g, (letter) => ({ S: '5', Z: '2', B: '8' })[letter] ?? letter)
    .split(/[^\p{L}\p{N}]+/u)
    .map((group) => group.replace(/^0+(?=.)/, '').replace(/(?<=\p{L})0+(?=\d)/gu, ''))
    .join('');
}
