import { useCallback, useEffect, useState } from 'react';
import { useLanguage } from './language.js';

type Sentences = Readonly<Record<string, string>>;

interface Told {
  readonly code: string;
  readonly title: string;
  readonly detail: string;
}

let chinese: Sentences | undefined;

/**
 * The sentence of a refusal in the reader's language. The gateway speaks English, often more closely than its table; in
 * Chinese the table's own sentence is shown.
 */
export function useSentence(): (told: Told) => string {
  const { language } = useLanguage();
  const [sentences, setSentences] = useState(chinese);
  useEffect(() => {
    if (language !== 'zh' || chinese !== undefined) return;
    void import('./zh/problems.js').then(({ problems }) => {
      chinese = problems;
      setSentences(problems);
    });
  }, [language]);
  return useCallback(
    ({ code, title, detail }) => (language === 'zh' ? sentences?.[code] : undefined) ?? (detail || title),
    [language, sentences],
  );
}
