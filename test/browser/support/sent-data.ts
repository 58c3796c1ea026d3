import type { Page } from 'playwright-core';

/** Sentences that the gateway writes in English for whoever reads its answers: they are no data. */
const sentences: ReadonlySet<string> = new Set(['detail', 'title', 'cause', 'description']);

/** Collects every text that the gateway has sent to a page as data. */
export function collectData(page: Page): ReadonlySet<string> {
  const data = new Set<string>();
  page.on('response', (response) => {
    if (!/\/(api|readyz)/.test(response.url()) || response.url().includes('/events')) return;
    response.json().then(
      (body: unknown) => {
        gather(body, data);
      },
      () => undefined,
    );
  });
  return data;
}

function gather(value: unknown, into: Set<string>): void {
  if (typeof value === 'string') into.add(value);
  else if (Array.isArray(value)) for (const one of value) gather(one, into);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, one] of Object.entries(value)) {
      // An organisation's name is under the same key as the sentence of a refusal.
      if (!sentences.has(key) || isOrganisation(value)) gather(one, into);
    }
  }
}

/** Also one of the register of members, whose id stands under another name. */
function isOrganisation(value: object): boolean {
  return 'mspId' in value || ('title' in value && 'kind' in value);
}
