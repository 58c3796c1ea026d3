/**
 * Soft hyphens, joiners, direction marks, Hangul fillers, variation selectors: what is shown as nothing. Fillers and
 * selectors count as letters or marks in Unicode, so the class of format characters alone does not find them.
 */
const invisible = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** The text as a reader sees it: two texts that differ only in what nobody sees are one. */
export function visible(text: string): string {
  return text.replace(invisible, '');
}
