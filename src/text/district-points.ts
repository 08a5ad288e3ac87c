/** A point in degrees (WGS 84). */
export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

/**
 * Points of the 25 Stadtbezirke, latitude and longitude: stations of U-Bahn and S-Bahn, which lie where people live, to about 500 m, and some offices of the city. Places
 * come rounded to a kilometre, so that borders would say no more. Checked on 2026-11-22 against the offices with coordinates in knowledge/offers.
 */
const points: Readonly<Record<string, readonly (readonly [latitude: number, longitude: number])[]>> = {
  "Altstadt-Lehel": [
    [48.1374, 11.5755],
    [48.1396, 11.5876],
    [48.1386, 11.5676],
    [48.1328, 11.5704],
  ],
  "Ludwigsvorstadt-Isarvorstadt": [
    [48.129, 11.5577],
    [48.1291, 11.5742],
    [48.1402, 11.56],
    [48.1245, 11.5505],
  ],
  Maxvorstadt: [
    [48.1455, 11.5635],
    [48.1497, 11.581],
    [48.1547, 11.5663],
  ],
  "Schwabing-West": [
    [48.1618, 11.5686],
    [48.1718, 11.5733],
  ],
  "Au-Haidhausen": [
    [48.1275, 11.605],
    [48.1357, 11.5985],
    [48.1287, 11.5939],
  ],
  Sendling: [
    [48.1228, 11.5488],
    [48.1196, 11.5486],
    [48.1175, 11.5362],
  ],
  "Sendling-Westpark": [
    [48.118, 11.5296],
    [48.1162, 11.5215],
    [48.1317, 11.5321],
  ],
  Schwanthalerhöhe: [[48.1337, 11.54]],
  "Neuhausen-Nymphenburg": [
    [48.153, 11.5336],
    [48.1585, 11.526],
    [48.1583, 11.5033],
    [48.1437, 11.519],
  ],
  Moosach: [
    [48.18, 11.5063],
    [48.1833, 11.533],
  ],
  "Milbertshofen-Am Hart": [
    [48.185, 11.573],
    [48.1962, 11.5722],
    [48.1795, 11.556],
  ],
  "Schwabing-Freimann": [
    [48.162, 11.5862],
    [48.183, 11.6078],
    [48.191, 11.613],
    [48.2113, 11.6172],
  ],
  Bogenhausen: [
    [48.1541, 11.62],
    [48.1385, 11.6083],
    [48.152, 11.645],
    [48.168, 11.6465],
  ],
  "Berg am Laim": [
    [48.134, 11.6335],
    [48.125, 11.622],
  ],
  "Trudering-Riem": [
    [48.126, 11.6645],
    [48.144, 11.6845],
    [48.134, 11.693],
    [48.1105, 11.689],
  ],
  "Ramersdorf-Perlach": [
    [48.101, 11.645],
    [48.089, 11.645],
    [48.1175, 11.612],
    [48.0935, 11.632],
  ],
  "Obergiesing-Fasangarten": [
    [48.111, 11.5955],
    [48.1155, 11.582],
    [48.0915, 11.6045],
  ],
  "Untergiesing-Harlaching": [
    [48.1135, 11.569],
    [48.0965, 11.578],
    [48.083, 11.558],
  ],
  "Thalkirchen-Obersendling-Forstenried-Fürstenried-Solln": [
    [48.103, 11.5462],
    [48.098, 11.536],
    [48.095, 11.503],
    [48.0887, 11.4807],
    [48.0795, 11.526],
  ],
  Hadern: [
    [48.115, 11.4785],
    [48.1175, 11.487],
    [48.1087, 11.474],
  ],
  "Pasing-Obermenzing": [
    [48.1499, 11.461],
    [48.1655, 11.4675],
  ],
  "Aubing-Lochhausen-Langwied": [
    [48.156, 11.4135],
    [48.175, 11.404],
    [48.182, 11.433],
    [48.145, 11.409],
  ],
  "Allach-Untermenzing": [
    [48.191, 11.4655],
    [48.1785, 11.476],
  ],
  "Feldmoching-Hasenbergl": [
    [48.214, 11.5415],
    [48.212, 11.564],
    [48.196, 11.526],
  ],
  Laim: [
    [48.144, 11.5035],
    [48.1365, 11.516],
    [48.135, 11.503],
  ],
};

/** A place further than this from every point has nothing of the city near. */
const longestDistanceKm = 4;
const kmPerDegree = 111.2;
const kmPerDegreeEast = kmPerDegree * Math.cos((48.14 * Math.PI) / 180);

/** Kilometres between two points, for distances within a city. */
export function distanceKm(
  one: { readonly lat: number; readonly lon: number },
  other: { readonly lat: number; readonly lon: number },
): number {
  return Math.hypot((one.lat - other.lat) * kmPerDegree, (one.lon - other.lon) * kmPerDegreeEast);
}

/** Kilometres from a point or a Stadtbezirk to the nearest point of another one; undefined where one is not known. */
export function kmToDistrict(
  district: string | undefined,
  from: { readonly lat: number; readonly lon: number } | string | undefined,
): number | undefined {
  const to = points[district ?? ""];
  const starts = typeof from === "string" ? points[from]?.map(([lat, lon]) => ({ lat, lon })) : from === undefined ? undefined : [from];
  if (to === undefined || starts === undefined) return undefined;
  return Math.min(...to.flatMap(([lat, lon]) => starts.map((start) => distanceKm(start, { lat, lon }))));
}

/** The official name of the Stadtbezirk that a place lies in or next to; in a suburb it is the one next to it, further away undefined. Exact to about a kilometre: near a border it may name the neighbour. */
export function findDistrictAt({ latitude, longitude }: Point): string | undefined {
  const place = { lat: latitude, lon: longitude };
  const distances = Object.keys(points).map((district) => ({ district, km: kmToDistrict(district, place) ?? Number.POSITIVE_INFINITY }));
  const nearest = distances.reduce((best, each) => (each.km < best.km ? each : best));
  return nearest.km <= longestDistanceKm ? nearest.district : undefined;
}

/** The middle of the points of some Stadtbezirke, by their official names; undefined where none of them is known. Good to some kilometres. */
export function findMiddle(districts: readonly string[]): Point | undefined {
  const all = districts.flatMap((district) => points[district] ?? []);
  if (all.length === 0) return undefined;
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return { latitude: mean(all.map(([lat]) => lat)), longitude: mean(all.map(([, lon]) => lon)) };
}
