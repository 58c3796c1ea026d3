/**
 * Gives a form its key. Sent again unchanged it is the same request, and is carried out once; what was changed after a
 * refusal is another one.
 */
export class RequestKey {
  #body: string | undefined;
  #key: string;
  readonly #make: () => string;

  constructor(make: () => string = () => crypto.randomUUID()) {
    this.#make = make;
    this.#key = make();
  }

  of(body: unknown): string {
    const text = JSON.stringify(body);
    if (this.#body !== undefined && this.#body !== text) this.#key = this.#make();
    this.#body = text;
    return this.#key;
  }

  /** The request is through: the next one from this form is another, even if it says the same. */
  spend(): void {
    this.#body = undefined;
    this.#key = this.#make();
  }
}
