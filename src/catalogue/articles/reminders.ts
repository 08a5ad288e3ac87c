import { sql } from "drizzle-orm";
import { type Database, guarded } from "../../database/database.ts";

/** Days before its end when the owner of an article is reminded. */
const daysBefore = 14;

/** Writes down, once for each version, that its owner is to be reminded of its end; false, since nothing more is due. */
export async function remindOwners(db: Database, now: Date): Promise<false> {
  const from = new Date(now.getTime() + daysBefore * 86_400_000).toISOString();
  await guarded("Reminding owners of articles", () =>
    db.execute(sql`
      insert into article_events (article_id, version, event, by, detail)
      select a.id, v.version, 'reminded', 'stadtlotse', jsonb_build_object('owner', v.body -> 'owner')
      from articles a join article_versions v on v.article_id = a.id and v.version = a.live_version
      where v.valid_until <= ${from}::timestamptz
      on conflict (article_id, version) where event = 'reminded' do nothing`),
  );
  return false;
}
