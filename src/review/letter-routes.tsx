import type { Hono } from "hono";
import { longestLetter } from "../core/provider.ts";
import { cleanText } from "../text/redact.ts";
import { firstValues, readForm } from "./forms.ts";
import { isUnread, partnerOf, TalkPage, type TalkPageProps, TalksPage } from "./letters-page.tsx";
import { type ProviderPagesParts, type Reception, refuse, show, type Visit } from "./visit.tsx";
import { pageWords } from "./words.ts";

/** Letters to other organisations. */
export function addLetterRoutes(app: Hono, { letters, offers }: ProviderPagesParts, { base, signedIn }: Reception): void {
  /** The letters with somebody who can be written to; undefined where there is no such organisation. */
  async function readTalk({ frame }: Visit, partner: string): Promise<TalkPageProps["letters"] | undefined> {
    const { organization } = frame;
    const talk = (await letters.list(organization)).filter((letter) => partnerOf(letter, organization) === partner);
    if (talk.length > 0) return talk;
    return partner !== organization && (await offers.organizations()).has(partner) ? [] : undefined;
  }

  async function showTalk(visit: Visit, partner: string, fault?: TalkPageProps["fault"], status: 200 | 400 | 429 = 200): Promise<Response> {
    const { c, frame } = visit;
    const talk = await readTalk(visit, partner);
    if (talk === undefined) return await refuse(visit, "not-found");
    await letters.markRead(frame.organization, partner);
    const done = c.req.query("done") === "sent" ? pageWords[frame.lang].sent : undefined;
    const unread = frame.unread - talk.filter((letter) => isUnread(letter, frame.organization)).length;
    return await show(visit, <TalkPage {...frame} {...{ partner, fault, done, unread }} letters={talk} />, status);
  }

  app.get(
    "/provider/messages",
    signedIn(async (visit) => {
      const { c, frame } = visit;
      const partner = c.req.query("with");
      if (partner !== undefined) return await showTalk(visit, partner);
      return await show(visit, <TalksPage {...frame} letters={await letters.list(frame.organization)} />);
    }),
  );

  app.post(
    "/provider/messages",
    signedIn(async (visit) => {
      const { c, frame } = visit;
      const { errors } = pageWords[frame.lang];
      const { to = "", text: typed = "" } = firstValues(await readForm(c));
      if ((await readTalk(visit, to)) === undefined) return await refuse(visit, "not-found");
      const text = cleanText(typed).trim();
      if (text === "" || text.length > longestLetter) return await showTalk(visit, to, { text: errors.letter, typed }, 400);
      const outcome = await letters.send({ from: frame.organization, to, text });
      if (outcome === "too-many") return await showTalk(visit, to, { text: errors["too-many-letters"], typed }, 429);
      return c.redirect(`${base}/provider/messages?with=${encodeURIComponent(to)}&done=sent`, 303);
    }),
  );

  app.post(
    "/provider/messages/:id/report",
    signedIn(async (visit) => {
      const { c, frame } = visit;
      const id = Number(/^\d{1,9}$/.exec(c.req.param("id") ?? "")?.[0]);
      if (!(await letters.report(frame.organization, Number.isNaN(id) ? 0 : id))) return await refuse(visit, "not-found");
      const letter = (await letters.list(frame.organization)).find((each) => each.id === id);
      const partner = letter === undefined ? "" : `?with=${encodeURIComponent(letter.sender)}`;
      return c.redirect(`${base}/provider/messages${partner}`, 303);
    }),
  );
}
