import { createContext, use, useCallback, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { I18nextProvider } from 'react-i18next';
import { i18n, load } from './setup.js';
import type { Language } from './setup.js';

interface Choice {
  readonly language: Language;
  readonly choose: (language: Language) => Promise<void>;
  /** Whether the reader has chosen in this browser. */
  readonly hasChosen: () => boolean;
  readonly keep: (language: Language) => Promise<void>;
}

const LanguageContext = createContext<Choice | undefined>(undefined);

export function useLanguage(): Choice {
  const choice = use(LanguageContext);
  if (choice === undefined) throw new Error('There is no language here.');
  return choice;
}

const place = 'pledgeonce-language';

/** The reader's choice in this browser, or the first of the browser's languages that the console speaks. */
export function firstLanguage(): Language {
  const kept = localStorage.getItem(place);
  if (kept === 'en' || kept === 'zh') return kept;
  const asked = navigator.languages.find((one) => /^(en|zh)\b/.test(one));
  return asked?.startsWith('zh') === true ? 'zh' : 'en';
}

export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(firstLanguage);
  const choose = useCallback(async (wanted: Language) => {
    await load(wanted);
    setLanguage(wanted);
  }, []);
  const keep = useCallback(
    async (wanted: Language) => {
      localStorage.setItem(place, wanted);
      await choose(wanted);
    },
    [choose],
  );
  const hasChosen = useCallback(() => localStorage.getItem(place) !== null, []);
  const choice = useMemo(() => ({ language, choose, keep, hasChosen }), [language, choose, keep, hasChosen]);
  return (
    <LanguageContext value={choice}>
      <I18nextProvider i18n={i18n}>{children}</I18nextProvider>
    </LanguageContext>
  );
}
