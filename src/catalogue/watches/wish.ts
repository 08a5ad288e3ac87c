import { z } from "zod";
import { isLang, type Lang } from "../../core/languages.ts";
import type { Watch } from "../../core/watches.ts";

/** A row of `watches` as the statements here select it. */
export const WatchRow = z.object({
  id: z.string(),
  conversationId: z.string().nullable(),
  lang: z.string(),
  needs: z.array(z.string()),
  offerId: z.string().nullable(),
  district: z.string().nullable(),
  fromDate: z.string().nullable(),
  costFree: z.boolean(),
  wheelchair: z.boolean(),
  pushes: z.boolean(),
  expiresAt: z.date(),
});

export type WatchRow = z.output<typeof WatchRow>;

/** A stored watch as it is shown. */
export function watchOf(row: WatchRow): Watch {
  return {
    id: row.id,
    wish: {
      needs: row.needs,
      offer: row.offerId ?? undefined,
      district: row.district ?? undefined,
      from: row.fromDate ?? undefined,
      costFree: row.costFree || undefined,
      wheelchair: row.wheelchair || undefined,
    },
    until: row.expiresAt.toISOString(),
    pushes: row.pushes,
  };
}

/** The language of consent; German where that one is gone. */
export function langOf({ lang }: Pick<WatchRow, "lang">): Lang {
  return isLang(lang) ? lang : "de";
}
