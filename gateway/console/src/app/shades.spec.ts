import { luminanceOf, shadesOf } from './shades.js';

const like = ['#eef6fa', '#b6d6e6', '#5f9fc0', '#2f7a9f', '#1d5a7a', '#103850'];
const rgb = (hex: string) =>
  [1, 3, 5].map((place) => Number.parseInt(hex.slice(place, place + 2), 16) / 255) as unknown as readonly [
    number,
    number,
    number,
  ];
const onWhite = (hex: string) => 1.05 / (luminanceOf(rgb(hex)) + 0.05);

describe('shades of an organisation’s own colour', () => {
  it.each(['#7a1f5c', '#ffdd00', '#00a651', '#ff0000', '#0000ff', '#808080', '#ffffff', '#000000'])(
    'of %s are as readable as those of the console',
    (colour) => {
      const shades = shadesOf(colour, like);
      expect(shades.every((shade) => /^#[0-9a-f]{6}$/.test(shade))).toBe(true);
      for (const [place, shade] of shades.entries()) {
        const wanted = onWhite(like[place] ?? '');
        // A step of one in 255 at most, and never paler.
        expect(onWhite(shade)).toBeGreaterThanOrEqual(wanted - 0.001);
        expect(onWhite(shade)).toBeLessThan(wanted * 1.06);
      }
    },
  );

  it('keep its hue', () => {
    const [red, green, blue] = rgb(shadesOf('#00a651', like)[4] ?? '');
    expect(green).toBeGreaterThan(blue);
    expect(blue).toBeGreaterThan(red);
  });
});
