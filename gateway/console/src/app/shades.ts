/**
 * Shades of an organisation's own colour, each as light as the one whose place it takes: so every text on them is as readable
 * as on the console's own.
 *
 * @param colour such as `#7a1f5c`.
 * @param like the shades of the console, in the same notation.
 */
export function shadesOf(colour: string, like: readonly string[]): readonly string[] {
  const { hue, saturation } = tintOf(rgbOf(colour));
  return like.map((shade) => {
    const wanted = luminanceOf(rgbOf(shade));
    let [darkest, lightest] = [0, 1];
    for (let round = 0; round < 24; round++) {
      const middle = (darkest + lightest) / 2;
      if (luminanceOf(fromTint(hue, saturation, middle)) < wanted) darkest = middle;
      else lightest = middle;
    }
    return hexOf(fromTint(hue, saturation, darkest));
  });
}

type Rgb = readonly [red: number, green: number, blue: number];

function rgbOf(hex: string): Rgb {
  const at = (place: number) => Number.parseInt(hex.slice(place, place + 2), 16) / 255;
  return [at(1), at(3), at(5)];
}

function hexOf(rgb: Rgb): string {
  const part = (value: number) =>
    Math.floor(value * 255)
      .toString(16)
      .padStart(2, '0');
  return `#${rgb.map(part).join('')}`;
}

/** As WCAG weighs colours against one another. */
export function luminanceOf([red, green, blue]: Rgb): number {
  const linear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function tintOf([red, green, blue]: Rgb): { readonly hue: number; readonly saturation: number } {
  const [most, least] = [Math.max(red, green, blue), Math.min(red, green, blue)];
  const spread = most - least;
  if (spread === 0) return { hue: 0, saturation: 0 };
  const hue =
    most === red
      ? (((green - blue) / spread) % 6) * 60
      : most === green
        ? ((blue - red) / spread + 2) * 60
        : ((red - green) / spread + 4) * 60;
  return { hue: (hue + 360) % 360, saturation: spread / (1 - Math.abs(most + least - 1)) };
}

/** CSS's `hsl()`. */
function fromTint(hue: number, saturation: number, lightness: number): Rgb {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  const part = (offset: number) => {
    const at = (offset + hue / 30) % 12;
    return lightness - reach * Math.max(-1, Math.min(at - 3, 9 - at, 1));
  };
  return [part(0), part(8), part(4)];
}
