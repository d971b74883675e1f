import type { Voice } from '$client';
import type { Language, Text } from '$kit';
import de from '$kit/i18n/widget/de';
import en from '$kit/i18n/widget/en';
import es from '$kit/i18n/widget/es';
import nl from '$kit/i18n/widget/nl';
import deOther from '$kit/i18n/widget/voices/de';
import esOther from '$kit/i18n/widget/voices/es';
import nlOther from '$kit/i18n/widget/voices/nl';
import moreDe from '$kit/i18n/more/de';
import moreEn from '$kit/i18n/more/en';
import moreEs from '$kit/i18n/more/es';
import moreNl from '$kit/i18n/more/nl';
import moreDeOther from '$kit/i18n/more/voices/de';
import moreEsOther from '$kit/i18n/more/voices/es';
import moreNlOther from '$kit/i18n/more/voices/nl';

/** All that a widget says of itself, by key. */
export type Said = Record<keyof typeof en | keyof typeof moreEn, Text>;

const usual: Record<Language, Said> = { de: { ...de, ...moreDe }, en: { ...en, ...moreEn }, es: { ...es, ...moreEs }, nl: { ...nl, ...moreNl } };
const other: Record<Language, Partial<Said>> = { de: { ...deOther, ...moreDeOther }, en: {}, es: { ...esOther, ...moreEsOther }, nl: { ...nlOther, ...moreNlOther } };

/** How customers are addressed until somebody says otherwise. */
export const usualVoice = (language: string): Voice => (language.startsWith('de') ? 'formal' : 'informal');

export const said = (language: Language, voice: Voice): Said => (voice === usualVoice(language) ? usual[language] : { ...usual[language], ...other[language] });
