import de from '../i18n/content/de';
import en from '../i18n/content/en';
import es from '../i18n/content/es';
import nl from '../i18n/content/nl';
import { fill, type Language, type Translation, type Values } from '../i18n/texts';

export type Say = (key: keyof typeof en, values?: Values) => string;

// All together: they come with what shows them, on first use, and change with the language at once.
const catalogues: Record<Language, Translation<typeof en>> = { en, de, nl, es };

export const wordsIn = (language: Language): Say => (key, values) => fill(language, catalogues[language][key], values);
