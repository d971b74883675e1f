/**
 * What becomes of a brand's colour, computed as `tokens.css` says it, so that whoever chooses one can be told: text on it is white or black; as text or
 * as a thin sign it is made dark enough, or light enough, to be read. https://www.w3.org/TR/css-color-4/#color-conversion-code
 */
type Triple = readonly [number, number, number];

export interface Accent {
  /** Text on the colour. */
  on: string;
  /** The colour as text on the grounds of a scheme. */
  text: string;
  /** It cannot be read as it is, so another stands for it. */
  adjusted: boolean;
}

/** AA for text of any size. https://www.w3.org/TR/WCAG22/#contrast-minimum */
export const readable = 4.5;

export function accents(brand: string): { light: Accent; dark: Accent } {
  const [l, c, h] = toOklch(brand);
  const on = luminance(brand) < 0.1791 ? '#ffffff' : '#000000';
  const shown = (text: string, grounds: readonly string[]): Accent => ({ on, text, adjusted: grounds.some((ground) => contrast(brand, ground) < readable) });
  return {
    light: shown(fromOklch([Math.min(l, 0.48), Math.min(c, 0.2), h]), grounds(brand).light),
    dark: shown(fromOklch([Math.max(l, 0.79), Math.min(c, 0.12), h]), grounds(brand).dark),
  };
}

/** What the accent is read on: the page, what is raised from it, and its own tints. */
export function grounds(brand: string): { light: string[]; dark: string[] } {
  const [, c, h] = toOklch(brand);
  return {
    light: [fromOklch([0.995, 0.001, 265]), '#ffffff', fromOklch([0.945, Math.min(c * 0.3, 0.035), h]), fromOklch([0.968, Math.min(c * 0.2, 0.02), h])],
    dark: [fromOklch([0.172, 0.008, 265]), fromOklch([0.212, 0.01, 265]), fromOklch([0.315, Math.min(c * 0.5, 0.075), h]), fromOklch([0.235, Math.min(c * 0.3, 0.035), h])],
  };
}

export function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

export function luminance(hex: string): number {
  const [r, g, b] = linear(hex);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function linear(hex: string): Triple {
  const part = (from: number) => {
    const value = parseInt(hex.slice(from, from + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [part(1), part(3), part(5)];
}

function toOklch(hex: string): Triple {
  const [r, g, b] = linear(hex);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return [0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s, Math.hypot(a, bb), (Math.atan2(bb, a) * 180) / Math.PI];
}

/** Channels that a screen cannot show are cut off, as browsers do. */
function fromOklch([lightness, chroma, hue]: Triple): string {
  const [a, b] = [chroma * Math.cos((hue * Math.PI) / 180), chroma * Math.sin((hue * Math.PI) / 180)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const part = (value: number) => {
    const cut = Math.min(1, Math.max(0, value));
    const shown = cut <= 0.0031308 ? 12.92 * cut : 1.055 * cut ** (1 / 2.4) - 0.055;
    return Math.round(shown * 255).toString(16).padStart(2, '0');
  };
  return `#${part(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s)}${part(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s)}${part(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s)}`;
}
