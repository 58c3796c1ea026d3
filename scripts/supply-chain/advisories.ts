/** Advisories of grade high or critical that stay for now, by their address, each with its reason. */
const accepted: Readonly<Record<string, string>> = {};

const serious: readonly unknown[] = ['high', 'critical'];

/** What came of the question for advisories. */
export type Asked =
  | { readonly kind: 'unanswered'; readonly why: string }
  | { readonly kind: 'answered'; readonly accepted: readonly string[]; readonly open: readonly string[] };

/**
 * Reads what `npm audit --json` printed.
 *
 * @param reasons of those that stay.
 */
export function readAudit(printed: string, reasons: Readonly<Record<string, string>> = accepted): Asked {
  let report: unknown;
  try {
    report = JSON.parse(printed);
  } catch {
    return { kind: 'unanswered', why: 'npm printed no report' };
  }
  const { vulnerabilities, message } = (report ?? {}) as { vulnerabilities?: unknown; message?: unknown };
  if (typeof vulnerabilities !== 'object' || vulnerabilities === null) {
    return { kind: 'unanswered', why: typeof message === 'string' ? message : 'the registry gave no answer' };
  }
  const found = new Map<string, string>();
  for (const [name, { via = [] }] of Object.entries(vulnerabilities as Record<string, { via?: unknown[] }>)) {
    for (const one of via) {
      // A text names another package, which has a line of its own.
      if (typeof one !== 'object' || one === null) continue;
      const { url, title, severity } = one as Record<string, unknown>;
      if (serious.includes(severity)) found.set(String(url), `${name}: ${String(title)} (${String(url)})`);
    }
  }
  const all = [...found];
  return {
    kind: 'answered',
    accepted: all.flatMap(([url, line]) => (reasons[url] === undefined ? [] : [`${line}: ${reasons[url]}`])),
    open: all.flatMap(([url, line]) => (reasons[url] === undefined ? [line] : [])),
  };
}
