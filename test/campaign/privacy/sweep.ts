import type { Place } from './public-places.js';
import { Search, told } from './search.js';
import type { SecretBook } from './secrets.js';

/** Everything searched for everything that whoever looks there has no right to. */
export class Sweep {
  readonly violations: string[] = [];
  places = 0;
  bytes = 0;
  readonly #searches = new Map<string, Search>();

  constructor(readonly book: SecretBook) {}

  /** Searches one place: for all that there is where nobody in particular may look, and else for what that one has no right to. */
  look(place: Place): void {
    const { name, bytes, of = '', namesPeople = false } = place;
    const search = this.#searches.get(of) ?? new Search(of === '' ? this.book.all : this.book.keptFrom(of));
    this.#searches.set(of, search);
    this.places += 1;
    this.bytes += bytes.length;
    for (const find of search.in(bytes)) {
      const isName = find.needle.secret.kind === 'person of an organisation';
      if (!(isName && namesPeople)) this.violations.push(told(name, bytes, find));
    }
  }
}
