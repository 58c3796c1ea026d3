/** Names of banks as they are typed: with commas or spaces between them. */
export function banksOf(text: string): string[] {
  return text.split(/[\s,，、;]+/).filter((name) => name !== '');
}
