/** What both apps share: texts and times, links, faces, keys, emoji. The Svelte parts are imported one by one from `$kit/parts/…`. */
export * from './i18n/texts';
export * as times from './i18n/times';
export * from './links';
export * from './faces';
export * from './keys';
