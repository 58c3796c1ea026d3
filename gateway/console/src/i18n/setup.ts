import i18next from 'i18next';
import { loadSentences } from './sentences.js';

export type Language = 'en' | 'zh';

export const i18n = i18next;

/** Only the language that is read is loaded. */
const resources: Readonly<Record<Language, () => Promise<object>>> = {
  en: async () => (await import('./en/index.js')).en,
  zh: async () => {
    const [{ zh }] = await Promise.all([import('./zh/index.js'), loadSentences()]);
    return zh;
  },
};

/** Loads a language and speaks it. */
export async function load(language: Language): Promise<void> {
  if (!i18n.isInitialized) {
    await i18n.init({
      lng: language,
      fallbackLng: false,
      resources: {},
      interpolation: { escapeValue: false },
    });
  }
  if (!i18n.hasResourceBundle(language, 'translation')) {
    i18n.addResourceBundle(language, 'translation', await resources[language]());
  }
  await i18n.changeLanguage(language);
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
}
