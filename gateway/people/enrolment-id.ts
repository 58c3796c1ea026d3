/**
 * The form in which enrolment ids are compared: `Li.Wei`, `li.wei` and `ＬＩ.ｗｅｉ` are one person, in any script. Upper case
 * first, because only that way do `ß` and `ss`, or a final and a medial sigma, meet.
 */
export function foldId(id: string): string {
  return id.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}
