import type { PDFFont, PDFPage } from '@cantoo/pdf-lib';
import { rgb } from '@cantoo/pdf-lib';

/** Points of an A4 page and its margins. */
export const paper = { width: 595, height: 842, margin: 56 } as const;
const ink = rgb(0.1, 0.13, 0.16);
const pale = rgb(0.36, 0.4, 0.44);
const labelWidth = 150;

/** A page that is filled from the top, in lines that are broken where they end. */
export class Sheet {
  readonly #page: PDFPage;
  readonly #font: PDFFont;
  readonly #known: ReadonlySet<number>;
  #y: number = paper.height - paper.margin;

  constructor(page: PDFPage, font: PDFFont) {
    this.#page = page;
    this.#font = font;
    this.#known = new Set(font.getCharacterSet());
  }

  get y(): number {
    return this.#y;
  }

  get page(): PDFPage {
    return this.#page;
  }

  down(points: number): void {
    this.#y -= points;
  }

  /** Writes a paragraph. @param options size in points, and how far from the left edge and how wide. */
  write(text: string, options: { size?: number; faint?: boolean; x?: number; width?: number } = {}): void {
    const { size = 10, faint = false, x = paper.margin, width = paper.width - paper.margin - x } = options;
    for (const line of this.#lines(text, size, width)) {
      this.#y -= size * 1.45;
      this.#page.drawText(line, { x, y: this.#y, size, font: this.#font, color: faint ? pale : ink });
    }
  }

  /** A name and what it stands for, side by side. */
  row(label: string, value: string, faint = false): void {
    const top = this.#y;
    this.write(label, { faint: true, width: labelWidth - 10 });
    const below = this.#y;
    this.#y = top;
    this.write(value, { x: paper.margin + labelWidth, faint });
    this.#y = Math.min(this.#y, below) - 3;
  }

  rule(): void {
    this.#y -= 9;
    const [start, end] = [paper.margin, paper.width - paper.margin].map((x) => ({ x, y: this.#y }));
    if (start !== undefined && end !== undefined)
      this.#page.drawLine({ start, end, thickness: 0.6, color: pale });
    this.#y -= 5;
  }

  #lines(text: string, size: number, width: number): string[] {
    const lines: string[] = [];
    let line = '';
    // Chinese may be broken anywhere, and what has no space in it has to be.
    for (const part of this.#printable(text).match(/[\u2e80-\uffef]|\s+|[^\s\u2e80-\uffef]{1,24}/gu) ?? []) {
      if (line !== '' && this.#font.widthOfTextAtSize(line + part, size) > width) {
        lines.push(line.trimEnd());
        line = part.trimStart();
      } else {
        line += part;
      }
    }
    return [...lines, line.trimEnd()];
  }

  /** What the font has no picture of is named by its number: a box would say nothing. */
  #printable(text: string): string {
    return Array.from(text)
      .map((one) => {
        const point = one.codePointAt(0) ?? 0;
        if (point < 0x20 || (point >= 0x7f && point < 0xa0)) return ' ';
        return this.#known.has(point) ? one : `[U+${point.toString(16).toUpperCase()}]`;
      })
      .join('');
  }
}
