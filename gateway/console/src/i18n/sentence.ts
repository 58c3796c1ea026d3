import { useCallback } from 'react';
import { useLanguage } from './language.js';
import { chineseSentence } from './sentences.js';

interface Told {
  readonly code: string;
  readonly title: string;
  readonly detail: string;
}

/**
 * The sentence of a refusal in the reader's language. The gateway speaks English, often more closely than its table; in
 * Chinese the table's own sentence is shown.
 */
export function useSentence(): (told: Told) => string {
  const { language } = useLanguage();
  return useCallback(
    ({ code, title, detail }) => (language === 'zh' ? chineseSentence(code) : undefined) ?? (detail || title),
    [language],
  );
}
