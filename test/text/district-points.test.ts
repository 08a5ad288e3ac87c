import { beforeAll, describe, expect, it } from "vitest";
import { readContent } from "../../src/catalogue/content-files.ts";
import type { Content } from "../../src/core/content.ts";
import { projectRoot } from "../../src/node-content.ts";
import { findDistrictAt } from "../../src/text/district-points.ts";

let content: Content;

beforeAll(async () => {
  content = await readContent({ root: projectRoot, demo: false });
});

describe("the district of a place", () => {
  it.each([
    ["Marienplatz", 48.1374, 11.5755, "Altstadt-Lehel"],
    ["Pasing", 48.15, 11.46, "Pasing-Obermenzing"],
    ["Messestadt", 48.13, 11.69, "Trudering-Riem"],
    ["Hasenbergl", 48.21, 11.56, "Feldmoching-Hasenbergl"],
    ["Solln", 48.08, 11.53, "Thalkirchen-Obersendling-Forstenried-Fürstenried-Solln"],
  ])("is told at %s", (_, latitude, longitude, district) => {
    expect(findDistrictAt({ latitude, longitude })).toBe(district);
  });

  it.each([
    ["Augsburg", 48.37, 10.9],
    ["Freising", 48.4, 11.74],
    ["the Gulf of Guinea", 0, 0],
  ])("is none in %s", (_, latitude, longitude) => {
    expect(findDistrictAt({ latitude, longitude })).toBeUndefined();
  });

  it("is an official one, and each of the 25 is found at one of its points at least", () => {
    const found = new Set<string>();
    for (let latitude = 48.05; latitude < 48.25; latitude += 0.003)
      for (let longitude = 11.35; longitude < 11.75; longitude += 0.003) {
        const district = findDistrictAt({ latitude, longitude });
        if (district !== undefined) found.add(district);
      }
    expect([...found].toSorted()).toEqual(content.districts.map(({ name }) => name).toSorted());
  });

  it("is right for most of the offices whose place and district are known", () => {
    const placed = content.offers.filter(({ geo, district }) => geo !== undefined && district !== undefined);
    const wrong = placed.filter(({ geo, district }) => findDistrictAt({ latitude: geo?.lat ?? 0, longitude: geo?.lon ?? 0 }) !== district);
    expect(wrong.length / placed.length).toBeLessThan(0.1);
  });

  it("is the one next to it for a suburb, and none for a town of its own", () => {
    expect(findDistrictAt({ latitude: 48.12, longitude: 11.43 })).toBe("Aubing-Lochhausen-Langwied");
    expect(findDistrictAt({ latitude: 48.18, longitude: 11.25 })).toBeUndefined();
  });
});
