import { Hono } from "hono";
import type { Logger } from "pino";
import type { WatchFinding } from "../../core/answer.ts";
import type { Catalogue } from "../../core/catalogue.ts";
import type { Composer } from "../../core/composer.ts";
import type { Letters } from "../../core/message.ts";
import type { Watches } from "../../core/watches.ts";
import type { Database } from "../../database/database.ts";
import { createAppointments, withAppointments } from "../capacity/appointments.ts";
import { createCapacityRoute } from "../capacity/route.ts";
import { createZmsClient } from "../capacity/zms-client.ts";
import type { LiveCatalogue } from "../live-catalogue.ts";
import { createWatches } from "./store.ts";
import { createWatchWorker, type WatchWorker } from "./worker.ts";

/** What free places and watches need of the rest of the product. */
export interface FreePlacesParts {
  readonly db: Database;
  readonly catalogue: LiveCatalogue;
  readonly letters: Letters<Database>;
  /** The root of the appointment system's citizen API, where it is connected. */
  readonly zmsCitizenApi: string | undefined;
  /** Tells this process and others that the catalogue has changed. */
  readonly onChange: () => void;
  readonly now: () => Date;
  readonly log: Pick<Logger, "info">;
}

/** Free places of one process: where they are reported, how they are shown, and who is told of them. */
export interface FreePlaces {
  readonly routes: Hono;
  readonly watches: Watches<Database>;
  /** The catalogue with free appointments. */
  readonly current: () => Catalogue;
  /** What tells those who wait; `onTold` is called after a commit that queued letters. */
  createWorker(composer: Composer, onTold: () => void): WatchWorker;
}

/** Joins what belongs to free places. */
export function openFreePlaces({ db, catalogue, letters, zmsCitizenApi, onChange, now, log }: FreePlacesParts): FreePlaces {
  const find = zmsCitizenApi === undefined ? undefined : createAppointments(createZmsClient(zmsCitizenApi, now), now);
  const findOffer = (id: string) => catalogue.offers().find((offer) => offer.id === id);
  const onReport = async () => {
    await catalogue.refresh();
    onChange();
  };
  return {
    routes: new Hono().route("/", createCapacityRoute({ db, offers: catalogue.offers, onChange: onReport, now, log })),
    watches: createWatches({ db, letters, findOffer, now }),
    current: () => (find === undefined ? catalogue.current() : withAppointments(catalogue.current(), find)),
    createWorker: (composer, onTold) => {
      const compose = (finding: WatchFinding, lang: Parameters<Composer["compose"]>[1]["lang"]) =>
        composer.compose({ kind: "watch", ...finding }, { lang, simple: false, introduce: false });
      return createWatchWorker({ db, catalogue, letters, now, compose, onTold });
    },
  };
}
