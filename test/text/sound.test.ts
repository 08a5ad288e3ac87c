import { expect, it } from "vitest";
import { soundOf } from "../../src/text/sound.ts";

it.each([
  ["Büldl", "Bildl"],
  ["griagt", "kriegt"],
  ["Wohnunga", "Wohnung"],
  ["Goarten", "Garten"],
  ["Kinnergartn", "Kinnergarten"],
  ["Dokta", "dogda"],
  ["стоматолог", "stomatolog"],
  ["жена", "žena"],
  ["Straße", "strasse"],
  ["Müll", "mull"],
])("%s sounds like %s", (one, other) => {
  expect(soundOf(one)).toBe(soundOf(other));
});

it.each([
  ["Hund", "Kita"],
  ["Wohnung", "Wohngeld"],
  ["Schule", "Schulden"],
])("%s does not sound like %s", (one, other) => {
  expect(soundOf(one)).not.toBe(soundOf(other));
});

it.each(["", "a", "👍", "\ud800", "ii"])("%j has no sound", (word) => {
  expect(soundOf(word)).toBe("");
});

it("takes bounded time", () => {
  const started = performance.now();
  soundOf("schtscha".repeat(50_000));
  expect(performance.now() - started).toBeLessThan(1000);
});
