let chinese: Readonly<Record<string, string>> | undefined;

/** Loads the sentences of refusals in Chinese, with the language: nobody reads an English one meanwhile. */
export async function loadSentences(): Promise<void> {
  chinese ??= (await import('./zh/problems.js')).problems;
}

/** The table's own sentence of a refusal, in Chinese. */
export function chineseSentence(code: string): string | undefined {
  return chinese?.[code];
}
