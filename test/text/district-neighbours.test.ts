import { expect, it } from "vitest";
import { readContent } from "../../src/catalogue/content-files.ts";
import { projectRoot } from "../../src/node-content.ts";
import { areNeighbours } from "../../src/text/district-neighbours.ts";

const numbers = Array.from({ length: 25 }, (_, index) => index + 1);
const neighboursOf = (number: number) => numbers.filter((other) => areNeighbours(number, other));

it("knows who lives next door, from both sides", () => {
  for (const one of numbers) {
    expect(areNeighbours(one, one)).toBe(false);
    for (const other of numbers) expect(areNeighbours(one, other)).toBe(areNeighbours(other, one));
    expect(neighboursOf(one).length, `district ${one}`).toBeGreaterThanOrEqual(2);
  }
  expect(neighboursOf(6)).toEqual([2, 7, 8, 18, 19]);
  expect(neighboursOf(22)).toEqual([21, 23]);
  expect(areNeighbours(1, 22)).toBe(false);
});

it("calls no district next door whose offers all lie far away", async () => {
  const { offers, districts } = await readContent({ root: projectRoot, demo: false });
  const points = new Map(
    districts.map(({ number, name }) => [number, offers.flatMap(({ district, geo }) => (district === name && geo ? [geo] : []))]),
  );
  const far = numbers.flatMap((one) =>
    neighboursOf(one).filter((other) => {
      const distances = (points.get(one) ?? []).flatMap((a) =>
        (points.get(other) ?? []).map((b) => Math.hypot((a.lat - b.lat) * 111.2, (a.lon - b.lon) * 74.2)),
      );
      return distances.length > 0 && Math.min(...distances) > 9;
    }),
  );
  expect(far).toEqual([]);
});
