const prefix = 'pledgeonce-draft:';

/** Keeps what is typed into a form through a reload, in this tab only. */
export function keepDraft(name: string, values: unknown): void {
  sessionStorage.setItem(prefix + name, JSON.stringify(values));
}

/** What the person had typed into a form before the page was loaded again; undefined where nothing is kept. */
export function readDraft(name: string): Record<string, unknown> | undefined {
  const kept = sessionStorage.getItem(prefix + name);
  return kept === null ? undefined : (JSON.parse(kept) as Record<string, unknown>);
}

/** Forgets what was typed, once it has been sent. */
export function dropDraft(name: string): void {
  sessionStorage.removeItem(prefix + name);
}

/** Whoever signs in next does not find what another typed. */
export function clearDrafts(): void {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(prefix)) sessionStorage.removeItem(key);
  }
}
