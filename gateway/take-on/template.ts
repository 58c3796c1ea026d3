import { groupedColumns, plainColumns } from './columns.js';

export type TemplateLanguage = 'en' | 'zh';

/** How many of a group the template has columns for; a book may have more of them. */
const shown = { document: 2, cover: 1, party: 1 } as const;
type Shown = keyof typeof shown;

/** What a bank fills in: the heading of every column, and a line that shows what is meant. */
export function bookTemplate(language: TemplateLanguage): readonly (readonly string[])[] {
  const isChinese = language === 'zh';
  const plain = plainColumns.map(([name, chinese]) => (isChinese ? chinese : name));
  const groups = (Object.keys(shown) as Shown[]).flatMap((group) => {
    const [chinese, fields] = groupedColumns[group];
    return Array.from({ length: shown[group] }, (_, place) =>
      Object.entries(fields).map(([field, own]) =>
        isChinese ? `${chinese}${place + 1}${own}` : `${group} ${place + 1} ${field}`,
      ),
    ).flat();
  });
  return [[...plain, ...groups], isChinese ? chineseExample : englishExample];
}

const englishExample = [
  ...['LN-2026-0001', '91330200MA2CKXQ85H', 'USCC', 'invoice', '600.00', 'USD', '450.00'],
  ...['2026-03-15', '2026-09-15', 'partly-repaid'],
  ...['customs-declaration', '310120260516789012', '600.00', '', '', '', '1000.00', 'USD', '2026-03-01'],
];
const chineseExample = [
  ...['LN-2026-0001', '91330200MA2CKXQ85H', 'USCC', '发票融资', '600.00', 'USD', '450.00'],
  ...['2026-03-15', '2026-09-15', '部分还款'],
  ...['报关单', '310120260516789012', '600.00', '', '', '', '1000.00', 'USD', '2026-03-01'],
];
