import type { Hono } from "hono";
import { ArrivalPage } from "./arrival-pages.tsx";
import { formatDay } from "./format.ts";
import { firstValues, readForm } from "./forms.ts";
import { NextLinkPage } from "./offers-page.tsx";
import { type ProviderPagesParts, type Reception, refuse, show } from "./visit.tsx";

/** Codes have 22 characters; what is much longer is none. */
const longestCode = 100;

/** Links, signing in and out. */
export function addArrivalRoutes(app: Hono, parts: ProviderPagesParts, { base, cookies, arrive, signedIn }: Reception): void {
  const { access, offers, publicUrl } = parts;

  app.get("/provider/join", async (c) => {
    const arrival = arrive(c);
    const code = (c.req.query("code") ?? "").slice(0, longestCode);
    const found = await access.look(code);
    if (found.kind !== "open") return await refuse(arrival, found.kind);
    const { invitation } = found;
    const own = invitation.purpose === "confirm" ? await offers.own(invitation.organization) : [];
    const due = own.flatMap(({ offer, checkDue }) => (checkDue ? [offer] : []));
    return await show(arrival, <ArrivalPage {...arrival.frame} {...{ code, invitation, due }} />);
  });

  app.post("/provider/join", async (c) => {
    const form = await readForm(c);
    const { code = "", confirm } = firstValues(form);
    const redeemed = await access.redeem(code.slice(0, longestCode));
    if (redeemed.kind !== "open") return await refuse(arrive(c), redeemed.kind);
    const before = cookies.session(c);
    if (before !== undefined) await access.end(before);
    cookies.setSession(c, redeemed.session);
    if (confirm !== undefined) await offers.confirm(redeemed.invitation.organization, form["offer"] ?? []);
    return c.redirect(confirm === undefined ? `${base}/provider` : `${base}/provider?done=confirmed`, 303);
  });

  app.post("/provider/sign-out", async (c) => {
    const session = cookies.session(c);
    if (session !== undefined) await access.end(session);
    cookies.dropSession(c);
    return c.redirect(`${base}/provider/signed-out`, 303);
  });

  app.get("/provider/signed-out", async (c) => await refuse(arrive(c), "goodbye"));

  app.post(
    "/provider/next-link",
    signedIn(async (visit) => {
      const { code, expiresAt } = await access.renew(visit.frame.organization);
      const link = `${publicUrl.replace(/\/+$/, "")}/provider/join?code=${code}`;
      return await show(visit, <NextLinkPage {...visit.frame} link={link} until={formatDay(expiresAt, visit.frame.lang)} />);
    }),
  );
}
