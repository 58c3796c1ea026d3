/** A field of a form, by its place in the body of the request. */
export interface Field {
  /** Such as `document.number`; the label is the text `field.` and the last part, unless another is named. */
  readonly name: string;
  readonly kind:
    | 'text'
    | 'number'
    | 'date'
    | 'moment'
    | 'long'
    | 'choice'
    | 'choices'
    | 'money'
    | 'document'
    | 'party'
    | 'lines'
    | 'goods'
    | 'instalments'
    | 'fingerprint'
    | 'secret';
  readonly label?: string;
  readonly required?: boolean;
  /** Of a choice: what can be chosen, and under which texts the words for it stand. */
  readonly options?: readonly string[];
  readonly words?: string;
  /** What helps to fill it in: a text under `hint`. */
  readonly hint?: string;
  /** What the amount of a line is called, and whether the line states what the whole document amounts to. */
  readonly withTotal?: boolean;
  /** Of lines: how many there have to be; one unless it says so. */
  readonly least?: number;
  /** Of lines: the words below `form` for one more. */
  readonly add?: string;
}

/** What a form has chosen before anything is typed: alone it names no amount, firm or document. */
const choices: ReadonlySet<string> = new Set(['currency', 'scheme', 'type']);

/** What was typed, without what was left empty: an empty field is one that is not sent. */
export function bodyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bodyOf).filter((one) => one !== undefined);
  if (typeof value === 'string') return value.trim() === '' ? undefined : value.trim();
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .map(([key, part]) => [key, bodyOf(part)] as const)
    .filter(([, part]) => part !== undefined);
  const isEmpty = entries.every(([key]) => choices.has(key));
  return isEmpty ? undefined : Object.fromEntries(entries);
}

/** The input that a fault belongs to: the field itself, or the nearest around it that is on the form. */
export function nearestField(field: string, names: readonly string[]): string | undefined {
  const dotted = field.replace(/\[(\d+)\]/g, '.$1');
  for (let at = dotted; at !== ''; at = at.slice(0, Math.max(at.lastIndexOf('.'), 0))) {
    const inner = names.find((name) => name === at || name.startsWith(`${at}.`));
    if (inner !== undefined) return inner;
  }
  return undefined;
}
