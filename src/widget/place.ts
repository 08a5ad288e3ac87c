import type { Place } from "./direct-line.ts";

const placeWithinMs = 10_000;
/** A hundredth of a degree is about a kilometre: nothing closer leaves this device. */
const roundPlace = (degrees: number) => Math.round(degrees * 100) / 100;

/** Where the person is, asked of the browser, which asks the person; undefined if it does not say. */
export function findPlace(): Promise<Place | undefined> {
  return new Promise((resolve) => {
    if (!("geolocation" in navigator)) return resolve(undefined);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ latitude: roundPlace(coords.latitude), longitude: roundPlace(coords.longitude) }),
      () => resolve(undefined),
      { timeout: placeWithinMs, maximumAge: 60_000 },
    );
  });
}
