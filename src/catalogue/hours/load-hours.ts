import type { HoursReader } from "../../core/hours.ts";

/** Gives the reader of opening hours when one is needed. */
export type LoadHours = () => Promise<HoursReader>;

let reader: Promise<HoursReader> | undefined;

/** The reader on Node; its library takes 150 ms to load and is not loaded before somebody asks for what has hours. */
export const loadHours: LoadHours = () => {
  reader ??= import("./hours-reader.ts").then(({ createHoursReader }) => createHoursReader());
  return reader;
};
