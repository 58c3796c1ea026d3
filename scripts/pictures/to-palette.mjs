const most = 256;

/** The colours that a page uses most, and each pixel by the nearest of them. */
export function toPalette(pixels) {
  const counts = new Map();
  for (let at = 0; at < pixels.length; at += 3) {
    const colour = (pixels[at] << 16) | (pixels[at + 1] << 8) | pixels[at + 2];
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const palette = [...counts].toSorted(([, one], [, other]) => other - one);
  const kept = palette.slice(0, most).map(([colour]) => colour);
  const places = new Map(kept.map((colour, place) => [colour, place]));
  for (const [colour] of palette.slice(most)) places.set(colour, nearest(kept, colour));
  const indexed = Buffer.alloc(pixels.length / 3);
  for (let pixel = 0; pixel < indexed.length; pixel++) {
    const at = pixel * 3;
    indexed[pixel] = places.get((pixels[at] << 16) | (pixels[at + 1] << 8) | pixels[at + 2]);
  }
  return { palette: kept, pixels: indexed };
}

function nearest(palette, colour) {
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  palette.forEach((one, place) => {
    const far = [16, 8, 0].reduce(
      (sum, shift) => sum + (((one >> shift) & 255) - ((colour >> shift) & 255)) ** 2,
      0,
    );
    if (far < least) [best, least] = [place, far];
  });
  return best;
}
