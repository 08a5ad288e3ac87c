/** What each file holds; a browser loads one only where the page has letters of its range. */
const latin =
  "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD";
const latinExtended =
  "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF";
const cyrillic = "U+0301,U+0400-045F,U+0490-0491,U+04B0-04B1,U+2116";

const families = [
  ["Stadtlotse Sans", "open-sans", "300 800"],
  ["Stadtlotse Condensed", "roboto-condensed", "100 900"],
] as const;
const ranges = [
  ["latin", latin],
  ["latin-ext", latinExtended],
  ["cyrillic", cyrillic],
] as const;

/** Makes the city's fonts known to the page; where they cannot be loaded, the device's own are shown. */
export function addFonts(base: string): void {
  const known = new Set([...document.fonts].map(({ family, unicodeRange }) => `${family} ${unicodeRange}`));
  for (const [family, file, weight] of families)
    for (const [subset, unicodeRange] of ranges) {
      const font = new FontFace(family, `url("${base}${file}-${subset}.woff2")`, { weight, unicodeRange, display: "swap" });
      if (!known.has(`${font.family} ${font.unicodeRange}`)) document.fonts.add(font);
    }
}
