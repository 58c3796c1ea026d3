import type { PDFPage } from '@cantoo/pdf-lib';
import { rgb } from '@cantoo/pdf-lib';
import { encode } from 'uqr';

/** Draws a QR code. @param place left and upper edge and the length of a side, in points. */
export function drawCode(
  page: PDFPage,
  text: string,
  { x, y, side }: { readonly x: number; readonly y: number; readonly side: number },
): void {
  const { data, size } = encode(text, { ecc: 'M', border: 0 });
  const step = side / size;
  data.forEach((row, line) => {
    row.forEach((isDark, column) => {
      if (!isDark) return;
      const at = { x: x + column * step, y: y - (line + 1) * step };
      // A hair more than a square: between two of them nothing shines through.
      page.drawRectangle({ ...at, width: step + 0.05, height: step + 0.05, color: rgb(0, 0, 0) });
    });
  });
}
