import type { Appointments, FindAppointments } from "../../core/appointments.ts";
import type { Catalogue } from "../../core/catalogue.ts";
import type { FoundOffer, Offer } from "../../core/offer.ts";
import { berlinDay } from "../../text/berlin-time.ts";
import type { Calendar, OfficesAndServices, ZmsClient, ZmsResult } from "./zms-client.ts";

const dayMs = 86_400_000;
/** How far ahead is looked. */
const daysAhead = 28;
const calendarForMs = 60_000;
const officesForMs = 600_000;
const mostKept = 500;
/** An answer to a citizen does not wait longer for another system. */
const patienceMs = 4000;

const zmsPage = /\/service\/info\/(?:[^/]+\/)?(\d{4,10})(?=\/|$)/;

/** The appointment system's id of the service that an offer is about, from the address of its source or its page; undefined if neither names one. */
export function serviceIdOf({ source, url }: Pick<Offer, "source" | "url">): string | undefined {
  return [source.url, url].map((address) => zmsPage.exec(address)?.[1]).find((id) => id !== undefined);
}

/** Keeps results that can be used for some time; equal questions at the same time are one. */
function createCache<Value>(now: () => Date, forMs: number) {
  const kept = new Map<string, { readonly at: number; readonly result: Promise<ZmsResult<Value>> }>();
  return (key: string, look: () => Promise<ZmsResult<Value>>): Promise<ZmsResult<Value>> => {
    const nowMs = now().getTime();
    const known = kept.get(key);
    if (known !== undefined && nowMs - known.at < forMs) return known.result;
    if (kept.size >= mostKept) kept.clear();
    const result = look();
    kept.set(key, { at: nowMs, result });
    void result.then(({ kind }) => {
      if (kind === "unavailable" && kept.get(key)?.result === result) kept.delete(key);
    });
    return result;
  };
}

interface Slot {
  readonly seconds: number;
  readonly officeId: string;
}

function firstOf({ availableDays }: Calendar, nowMs: number): Slot | undefined {
  const slots = availableDays.flatMap(({ offices }) =>
    offices.flatMap(({ officeId, appointments }) => appointments.map((seconds) => ({ seconds, officeId }))),
  );
  return slots.filter(({ seconds }) => seconds * 1000 > nowMs).sort((a, b) => a.seconds - b.seconds)[0];
}

/** Looks up the next free appointment of offers whose source is the city's service catalogue; asks at most once a minute for each service. */
export function createAppointments(client: ZmsClient, now: () => Date): FindAppointments {
  const offices = createCache<OfficesAndServices>(now, officesForMs);
  const calendars = createCache<Calendar>(now, calendarForMs);

  async function calendarFrom(serviceId: string, officeIds: readonly string[], start: Date): Promise<ZmsResult<Calendar>> {
    const [startDate, endDate] = [berlinDay(start), berlinDay(new Date(start.getTime() + daysAhead * dayMs))];
    return await calendars(`${serviceId} ${startDate}`, () =>
      client.availableCalendar({ startDate, endDate, officeIds: officeIds.join(","), serviceIds: serviceId, serviceCounts: "1" }),
    );
  }

  async function lookUp(serviceId: string): Promise<Appointments | undefined> {
    const asOf = now();
    const known = await offices("", client.officesAndServices);
    if (known.kind !== "ok") return { kind: "unavailable" };
    const officeIds = known.value.relations
      .filter((each) => each.serviceId === serviceId && each.public !== false)
      .map(({ officeId }) => officeId);
    if (officeIds.length === 0) return undefined;
    const calendar = await calendarFrom(serviceId, officeIds, asOf);
    const until = new Date(asOf.getTime() + daysAhead * dayMs);
    const none = { kind: "none", until: berlinDay(until), asOf: asOf.toISOString() } as const;
    if (calendar.kind === "none") return none;
    if (calendar.kind !== "ok") return { kind: "unavailable" };
    const later = calendar.value.nextBookableDate;
    const first = firstOf(calendar.value, asOf.getTime());
    if (first === undefined && typeof later === "string" && later > none.until) {
      const beyond = await calendarFrom(serviceId, officeIds, new Date(`${later}T12:00:00Z`));
      const slot = beyond.kind === "ok" ? firstOf(beyond.value, asOf.getTime()) : undefined;
      if (slot !== undefined) return free(slot, known.value, asOf);
    }
    return first === undefined ? none : free(first, known.value, asOf);
  }

  return async (offer) => {
    const serviceId = serviceIdOf(offer);
    if (serviceId === undefined) return undefined;
    const patience = Promise.withResolvers<Appointments>();
    const timer = setTimeout(() => patience.resolve({ kind: "unavailable" }), patienceMs);
    try {
      return await Promise.race([lookUp(serviceId), patience.promise]);
    } finally {
      clearTimeout(timer);
    }
  };
}

function free({ seconds, officeId }: Slot, { offices }: OfficesAndServices, asOf: Date): Appointments {
  const office = offices.find(({ id }) => id === officeId)?.name ?? undefined;
  return { kind: "free", first: new Date(seconds * 1000).toISOString(), office, asOf: asOf.toISOString() };
}

/** A catalogue that also says which appointments are free, where free ones are wanted. */
export function withAppointments(catalogue: Catalogue, find: FindAppointments): Catalogue {
  const lookUp = async (each: FoundOffer): Promise<FoundOffer> => {
    const appointments = await find(each.offer);
    return appointments === undefined ? each : { ...each, appointments };
  };
  return {
    ...catalogue,
    search: async (query) => {
      const result = await catalogue.search(query);
      if (query.capacity !== true) return result;
      return { ...result, found: await Promise.all(result.found.map(lookUp)) };
    },
  };
}
