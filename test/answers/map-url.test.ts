import { expect, it } from "vitest";
import { mapUrl } from "../../src/answers/map-url.ts";

const address = { street: "Straße & Weg 1", postcode: "80331", city: "München" };

it("links to the point of a place, else to its address", () => {
  expect(mapUrl({ address, geo: { lat: 48.1372, lon: 11.5755 } })).toBe(
    "https://www.openstreetmap.org/?mlat=48.1372&mlon=11.5755#map=17/48.1372/11.5755",
  );
  const url = new URL(mapUrl({ address }) ?? "");
  expect([url.host, url.searchParams.get("query")]).toEqual(["www.openstreetmap.org", "Straße & Weg 1, 80331 München"]);
});

it("links to nothing where there is no address: a point alone may be the middle of a district", () => {
  expect(mapUrl({ geo: { lat: 48.1, lon: 11.5 } })).toBeUndefined();
  expect(mapUrl({})).toBeUndefined();
});
