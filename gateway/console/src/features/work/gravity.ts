/** What an overseer looks into first: money that is drawn twice, then what may become so, then what is only unusual. */
const gravest: readonly string[] = [
  'overdrawn',
  'uncovered-again',
  'rate-uncovers',
  'near-duplicate',
  'same-containers',
  'objection-raised',
  'structuring',
  'probing',
  'malformed-transactions',
  'paid-elsewhere',
  'red-letter',
  'past-due-financing',
];

/** Sorts of alerts, the gravest first; of the others, the most frequent. */
export function byGravity<T extends { readonly alert: string; readonly count: number }>(
  alerts: readonly T[],
): readonly T[] {
  const rank = ({ alert }: T) => (gravest.includes(alert) ? gravest.indexOf(alert) : gravest.length);
  return [...alerts].sort((one, other) => rank(one) - rank(other) || other.count - one.count);
}
