/** Scripts whose capitals look alike: a number is written in one of them at most. */
const lookAlike: readonly RegExp[] = [
  /\p{Script=Latin}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Georgian}/u,
];
/** No letter of these is taken for one of another script, so they stand beside any: `沪INV-001` is an ordinary number. */
const eastAsian =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}]/u;
const others: readonly RegExp[] = [
  /\p{Script=Arabic}/u,
  /\p{Script=Hebrew}/u,
  /\p{Script=Thai}/u,
  /\p{Script=Devanagari}/u,
];
const scripts = [...lookAlike, ...others];

/** Which scripts a text mixes, those of East Asia left out; -1 for one that is on no list here. */
export function scriptsOf(text: string): ReadonlySet<number> {
  const letters = text.match(/\p{L}/gu) ?? [];
  return new Set(
    letters
      .filter((letter) => !eastAsian.test(letter))
      .map((letter) => scripts.findIndex((script) => script.test(letter))),
  );
}
