import type { StaffAccess, VouchedAccess } from "../../core/people.ts";
import { formatMoment } from "../format.ts";
import { firstValues, readForm } from "../forms.ts";
import { flowCookie } from "./flow-cookie.ts";
import type { PublicRoute } from "./routes.ts";
import { PasswordPage, SignInPage } from "./sign-in-pages.tsx";
import { type Arrival, goTo, type Reception, refuse, show } from "./visit.tsx";
import { consoleWords } from "./words.ts";

/** Codes have 22 characters; what is much longer is none. */
const longestCode = 100;

interface SignInParts {
  readonly access: StaffAccess;
  /** Where it is there, nobody signs in with a password of ours. */
  readonly vouched: VouchedAccess | undefined;
  readonly publicUrl: string;
}

/** A page of the console that somebody wanted, as a path; the console's first page for all else, which may be somebody else's. */
export function safeNext(next: string, publicUrl: string): string {
  const own = new URL(publicUrl);
  const home = `${own.pathname.replace(/\/+$/, "")}/console`;
  if (!URL.canParse(next, own.origin)) return home;
  const url = new URL(next, own.origin);
  const isOurs = url.origin === own.origin && next.startsWith("/") && (url.pathname === home || url.pathname.startsWith(`${home}/`));
  return isOurs ? `${url.pathname}${url.search}` : home;
}

/** Rows of the table by which people come in and out. */
export function signInRoutes({ access, vouched, publicUrl }: SignInParts, { cookies, base }: Reception): readonly PublicRoute[] {
  const flow = flowCookie(publicUrl);
  const wanted = (next: string | undefined) => safeNext(next ?? "", publicUrl);
  const through = vouched === undefined ? "password" : "city";

  function letIn({ c }: Arrival, entry: { readonly session: string; readonly staff: { readonly lang: "de" | "en" | undefined } }): void {
    cookies.setSession(c, entry.session);
    if (entry.staff.lang !== undefined) cookies.setLang(c, entry.staff.lang);
  }

  async function signIn(arrival: Arrival): Promise<Response> {
    const { c, frame } = arrival;
    if (vouched !== undefined) return await refuse(arrival, "not-found");
    const words = consoleWords[frame.lang].signIn;
    const { name = "", password = "", next } = firstValues(await readForm(c));
    const result = await access.signIn({ name, password, before: cookies.session(c) });
    if (result.kind === "open") {
      letIn(arrival, result);
      return c.redirect(wanted(next), 303);
    }
    const fault = result.kind === "locked" ? words.locked(formatMoment(result.until, frame.lang)) : words.wrong;
    const page = <SignInPage {...frame} {...{ through, typed: name, fault, next: wanted(next) }} />;
    return await show(arrival, page, result.kind === "locked" ? 429 : 401);
  }

  async function setPassword(arrival: Arrival): Promise<Response> {
    const { c, frame } = arrival;
    const words = consoleWords[frame.lang];
    const { code: given = "", name = "", password = "", repeat = "" } = firstValues(await readForm(c));
    const code = given.slice(0, longestCode);
    const link = await access.look(code);
    if (link.kind !== "open") return await refuse(arrival, link.kind);
    const again = async (id: "name" | "password" | "repeat", text: string) =>
      await show(arrival, <PasswordPage {...frame} {...{ code, owner: link.name, typed: name, fault: { id, text } }} />, 400);
    if (password !== repeat) return await again("repeat", words.passwordPage.different);
    const result = await access.usePasswordLink({ code, name, password, before: cookies.session(c) });
    switch (result.kind) {
      case "open":
        letIn(arrival, result);
        return goTo(arrival, "/console");
      case "no-name":
        return await again("name", words.passwordPage.noName);
      case "name-taken":
        return await again("name", words.accounts.faults["name-taken"]);
      case "too-short":
      case "too-long":
      case "too-common":
      case "like-name":
        return await again("password", words.passwordPage.faults[result.kind]);
      case "wrong":
      case "locked":
        return await refuse(arrival, "invalid");
      default:
        return await refuse(arrival, result.kind);
    }
  }

  async function startVouched(arrival: Arrival): Promise<Response> {
    if (vouched === undefined) return await refuse(arrival, "not-found");
    const started = await vouched.start(wanted(arrival.c.req.query("next")));
    flow.set(arrival.c, started.flow);
    return arrival.c.redirect(started.address, 303);
  }

  async function finishVouched(arrival: Arrival): Promise<Response> {
    const { c } = arrival;
    const kept = flow.take(c);
    if (vouched === undefined) return await refuse(arrival, "not-found");
    if (kept === undefined) return await refuse(arrival, "sign-in-failed");
    const result = await vouched.finish({ query: new URL(c.req.url).search, flow: kept, before: cookies.session(c) });
    if (result.kind !== "open") return await refuse(arrival, result.kind);
    letIn(arrival, result);
    return c.redirect(wanted(result.next), 303);
  }

  async function signOut(arrival: Arrival): Promise<Response> {
    const session = cookies.session(arrival.c);
    if (session !== undefined) await access.end(session);
    cookies.dropSession(arrival.c);
    return arrival.c.redirect(`${base}/console/signed-out`, 303);
  }

  return [
    [
      "GET",
      "/console/sign-in",
      "everybody",
      (arrival) => show(arrival, <SignInPage {...arrival.frame} through={through} next={wanted(arrival.c.req.query("next"))} />),
    ],
    ["POST", "/console/sign-in", "everybody", signIn],
    ["GET", "/console/city-sign-in", "everybody", startVouched],
    ["GET", "/console/city-sign-in/callback", "everybody", finishVouched],
    [
      "GET",
      "/console/set-password",
      "everybody",
      async (arrival) => {
        const code = (arrival.c.req.query("code") ?? "").slice(0, longestCode);
        const link = await access.look(code);
        if (link.kind !== "open") return await refuse(arrival, link.kind);
        return await show(arrival, <PasswordPage {...arrival.frame} code={code} owner={link.name} />);
      },
    ],
    ["POST", "/console/set-password", "everybody", setPassword],
    ["POST", "/console/sign-out", "everybody", signOut],
    ["GET", "/console/signed-out", "everybody", (arrival) => refuse(arrival, "goodbye")],
  ];
}
